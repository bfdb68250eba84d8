import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const tests = join(import.meta.dirname, '..');

type Row = {
  readonly threat: string;
  /** File → the titles in it, without what stands before the number. */
  readonly heldBy: Readonly<Record<string, readonly string[]>>;
};

/** Threat number → who holds it. The threats are those of the project's threat model. */
const Threats: Readonly<Record<number, Row>> = {
  1: {
    threat: 'DNS rebinding',
    heldBy: { 'demo-server/front/guard.test.ts': ['DNS rebinding'] },
  },
  2: {
    threat: 'cross-site WebSocket hijacking',
    heldBy: { 'demo-server/front/guard.test.ts': ['cross-site WebSocket hijacking'] },
  },
  3: {
    threat: 'any website driving localhost',
    heldBy: { 'demo-server/front/guard.test.ts': ['any website driving localhost'] },
  },
  4: {
    threat: 'a hosted page that talks to the reader’s machine',
    heldBy: {
      'demo-server/server.test.ts': ['pages elsewhere that talk to a reader’s machine'],
    },
  },
  5: {
    threat: 'the robot and the frame lab as confused deputies',
    heldBy: {
      'demo-server/boxes/origin-listener.test.ts': ['a robot on the internal listener'],
      'demo-server/demos/five-doors.test.ts': ['a robot that comes as another client'],
      'demo-server/server-processes/fleet.test.ts': ['a server process as a way past the guard'],
      'demo-server/robot/one-way-out.test.ts': ['the demo server as a client'],
      'demo-server/robot/robot.test.ts': ['the reader’s octets', 'the robot’s bounds'],
      'demo-server/robot/robots.test.ts': [
        'the robot can not be made to connect elsewhere',
        'the robot’s bounds',
      ],
    },
  },
  6: {
    threat: 'an open or poisoned middlebox',
    heldBy: {
      'demo-server/boxes/boxes.test.ts': ['open or poisoned middlebox'],
      'demo-server/boxes/origin-listener.test.ts': ['the internal listener'],
      'demo-server/boxes/threats.test.ts': ['open or poisoned middlebox'],
      'demo-server/boxes/serve-box.test.ts': [
        'forwards to this machine alone, and says in words what it takes',
        'is no way in for a page elsewhere',
      ],
    },
  },
  7: {
    threat: 'request smuggling',
    heldBy: {
      'demo-server/boxes/threats.test.ts': ['request smuggling'],
      'demo-server/front/guard.test.ts': ['request smuggling'],
    },
  },
  8: {
    threat: 'slowloris, silent and half-open connections',
    heldBy: {
      'demo-server/server.test.ts': ['slowloris, silent and half-open connections'],
      'demo-server/front/connection-limits.test.ts': [
        'slowloris, silent and half-open connections',
      ],
    },
  },
  9: {
    threat: 'too many sockets',
    heldBy: {
      'demo-server/open-web-sockets.test.ts': ['too many sockets'],
      'demo-server/demos/fallback.test.ts': ['too many sockets'],
    },
  },
  10: {
    threat: 'huge frames, floods of fragments, chunks, pings',
    heldBy: {
      'demo-server/demos/echo.test.ts': ['huge frames, fragment floods'],
      'demo-server/message-limit.test.ts': ['message floods'],
      'demo-server/message-rate.test.ts': ['message floods, the rate'],
    },
  },
  11: {
    threat: 'compression bombs and memory',
    heldBy: {
      'demo-server/demos/compress.test.ts': ['compression'],
      'demo-server/demos/echo.test.ts': ['compression bombs'],
      'demo-server/demos/race.test.ts': ['compression, on the one lane that teaches it'],
      'protocol/deflate/inflater.test.ts': ['compression bombs, in the page'],
    },
  },
  12: {
    threat: 'slow consumers',
    heldBy: {
      'demo-server/demos/push-and-get.test.ts': ['slow consumers'],
      'demo-server/unread.test.ts': ['slow consumers'],
    },
  },
  13: {
    threat: 'unbounded capture buffers, the tap feedback loop',
    heldBy: {
      'demo-server/runs/run-store.test.ts': ['unbounded capture buffers'],
      'demo-server/runs/connection-capture.test.ts': [
        'a connection that carries one run after the other',
      ],
      'demo-server/runs/wire-channel.test.ts': ['the wire channel'],
      'demo-server/runs/attribution.test.ts': ['the tap feedback loop'],
    },
  },
  14: {
    threat: 'session isolation',
    heldBy: {
      'demo-server/demos/libraries.test.ts': ['session isolation'],
      'demo-server/runs/attribution.test.ts': ['session isolation'],
    },
  },
  15: {
    threat: 'secrets in captured heads',
    heldBy: {
      'demo-server/demos/roulette.test.ts': [
        'the key between balancer and server is on no wire channel',
      ],
      'demo-server/runs/attribution.test.ts': ['secrets in captured heads'],
    },
  },
  16: {
    threat: 'markup in captured payloads',
    heldBy: {
      'site/bench.spec.ts': ['a captured payload is text and nothing else'],
      'site/bench-file.spec.ts': ['texts of a capsule are text and nothing else'],
    },
  },
  17: {
    threat: 'terminal escape and log injection',
    heldBy: {
      'demo-server/log/log-line.test.ts': ['terminal escape and log injection, a line'],
      'demo-server/log/request-log.test.ts': ['terminal escape and log injection'],
      'demo-server/main.test.ts': ['prints no control character that an argument holds'],
    },
  },
  18: {
    threat: 'path traversal, file leak',
    heldBy: { 'demo-server/front/guard.test.ts': ['path traversal and file leak'] },
  },
  19: {
    threat: 'crash by malformed input',
    heldBy: { 'demo-server/front/guard.test.ts': ['crash by malformed input'] },
  },
  20: {
    threat: 'cache poisoning and key confusion',
    heldBy: {
      'demo-server/demos/cache-fields.test.ts': ['cache poisoning and key confusion'],
    },
  },
  21: {
    threat: 'a chat as a channel between strangers',
    heldBy: {
      'demo-server/rooms.test.ts': ['chat as a channel between strangers'],
      'demo-server/demos/chat.test.ts': ['chat as a channel between strangers'],
    },
  },
  22: {
    threat: 'exposure on the local network',
    heldBy: {
      'demo-server/main.test.ts': ['refuses to serve other machines, with one line'],
    },
  },
  23: {
    threat: 'stale port, wrong server',
    heldBy: {
      'demo-server/main.test.ts': [
        'says in one line that the port is taken and what to do, and exits with 1',
      ],
      'demo-server/runs/runs-endpoint.test.ts': ['stale port, wrong server'],
    },
  },
  24: { threat: 'supply chain', heldBy: { 'supply-chain.test.ts': ['supply chain'] } },
  25: {
    threat: 'abuse of a hosted copy',
    // A hosted copy is files alone; a demo server is for its own machine.
    heldBy: {
      'demo-server/main.test.ts': ['refuses to serve other machines, with one line'],
    },
  },
};

const THREAT = /\b(?:describe|it|test)\(\s*['"`]threats? (\d+)(?: and (\d+))?: ([^'"`]+)['"`]/g;

/** What the tests say of themselves: number, file, title. */
const named = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:test|spec)\.ts$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(tests, file), 'utf8').matchAll(THREAT)].flatMap(([, one, other, title]) =>
      [one, other]
        .filter((number) => number !== undefined)
        .map((number) => `${number} ${file.replaceAll('\\', '/')} ${title}`),
    ),
  );

describe('the threat model', () => {
  it('has 25 rows, each with its tests', () => {
    assert.deepEqual(
      Object.keys(Threats).map(Number),
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
  });

  for (const [number, { threat, heldBy }] of Object.entries(Threats)) {
    it(`${number}, ${threat}, is held by tests with its number`, () => {
      for (const [file, titles] of Object.entries(heldBy)) {
        for (const title of titles) {
          assert.ok(named.includes(`${number} ${file} ${title}`), `${file} has no “${title}”`);
        }
      }
    });
  }

  it('has the number of every test that says which threat it is written from', () => {
    const unknown = named.filter((one) => !(Number.parseInt(one) in Threats));
    assert.deepEqual(unknown, []);
  });
});
