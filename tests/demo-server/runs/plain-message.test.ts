import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Direction, OpenEvent } from '#capture/wire-event.ts';
import { ConnectionCapture } from '#demo-server/runs/connection-capture.ts';
import { plainRequest, plainResponse } from '#demo-server/runs/plain-message.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { eventsIn } from '#tests/support/events-in.ts';

type Piece = readonly [direction: Direction, text: string];

const octetsOf = (text: string) => Buffer.from(text, 'latin1');

/** What one run has of a connection on which these pieces come; RUN stands for its id. */
function captured(pieces: readonly Piece[]) {
  const runs = new RunStore();
  const run = runs.create('echo');
  const capture = new ConnectionCapture(1, () => ({ sender: 'BROWSER', hop: 0 }), runs);
  for (const [direction, text] of pieces) {
    capture.octets(direction, octetsOf(text.replaceAll('RUN', run.id)), 1);
  }
  capture.close(false, 2);
  const events = eventsIn(run.ring);
  const textOf = (direction: Direction) =>
    events
      .flatMap((event) =>
        event.kind === 'octets' && event.direction === direction ? [event.octets] : [],
      )
      .map((octets) => Buffer.from(octets).toString('latin1').replaceAll(run.id, 'RUN'))
      .join('');
  const opened = events.filter((event): event is OpenEvent => event.kind === 'open');
  return {
    up: textOf('up'),
    down: textOf('down'),
    exchangesBefore: opened.map(({ exchangesBefore }) => exchangesBefore),
  };
}

/** The same octets, never a whole message at once, so that all of them go through the reader. */
const cut = (pieces: readonly Piece[]): Piece[] =>
  pieces.flatMap(([direction, text]): Piece[] => [
    [direction, text.slice(0, 9)],
    [direction, text.slice(9)],
  ]);

const get = (fields = '', target = '/live/RUN/echo/x') =>
  `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n`;
const foreign = get('', '/index.html');
const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi';

const conversations: Readonly<Record<string, readonly Piece[]>> = {
  'one exchange': [
    ['up', get()],
    ['down', ok],
  ],
  'exchanges of none before and between': [
    ['up', foreign],
    ['down', ok],
    ['up', get()],
    ['down', ok],
    ['up', foreign],
    ['down', ok],
    ['up', get()],
    ['down', ok],
  ],
  'values to withhold': [
    [
      'up',
      get('Cookie:\t a=b \r\ncookie: c\r\nX-Odd:\r\nAccept: d\r\n', '/live/RUN/x?token=t&n=1'),
    ],
    ['down', 'HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nServer: s\r\ncontent-length: 2\r\n\r\nhi'],
  ],
  'a fold, whose second line is withheld too': [
    ['up', get('Cookie: a=b;\r\n c=d\r\n')],
    ['down', ok],
  ],
  'a bare LF, and a bare CR in a value': [
    ['up', get('Cookie: a\rb\r\nX-Odd: c\n')],
    ['down', ok],
  ],
  'white space before the colon': [
    ['up', get('Cookie : a=b\r\n')],
    ['down', ok],
  ],
  'a line that is no field': [
    ['up', get()],
    ['down', ok],
    ['up', get('Cookie a=b\r\n')],
    ['down', ok],
  ],
  'two requests in one read': [
    ['up', get() + foreign],
    ['down', ok],
    ['down', ok],
  ],
  'a second request before the first is answered': [
    ['up', foreign],
    ['up', get()],
    ['down', ok],
    ['down', ok],
  ],
  'a request with content': [
    ['up', get('Content-Length: 5\r\n').replace('\r\n\r\n', '\r\n\r\nGET /')],
    ['down', ok],
  ],
  'HEAD, 204 and 304': [
    ['up', get().replace('GET', 'HEAD')],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'],
    ['up', get()],
    ['down', 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['up', get()],
    ['down', 'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'],
  ],
  'early hints': [
    ['up', get()],
    ['down', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['down', ok],
    ['up', get()],
    ['down', ok],
  ],
  'a response in two writes, one in chunks, and one until the end': [
    ['up', get()],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n'],
    ['down', 'hi'],
    ['up', get()],
    ['down', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'],
    ['up', get()],
    ['down', 'HTTP/1.1 200 OK\r\nServer: s\r\n\r\nand so on'],
  ],
  'differing lengths': [
    ['up', get()],
    ['down', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi'],
  ],
  'a response that nobody asked for': [
    ['down', ok],
    ['up', get()],
    ['down', ok],
  ],
  'a switch, with what follows it': [
    ['up', foreign],
    ['down', ok],
    ['up', get('Connection: Upgrade\r\nUpgrade: websocket\r\n')],
    ['down', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
    ['up', 'Cookie: of another protocol\r\n'],
  ],
};

describe('threat 15: messages that need no reader are stored as the reader would', () => {
  for (const [name, pieces] of Object.entries(conversations)) {
    it(name, () => {
      assert.deepEqual(captured(pieces), captured(cut(pieces)));
      assert.notEqual(captured(pieces).up, '');
    });
  }
});

describe('a plain message', () => {
  it('is a request without content that fills its octets', () => {
    const plain = plainRequest(octetsOf(get()));
    assert.deepEqual([plain?.method, plain?.requestTarget], ['GET', '/live/RUN/echo/x']);
    for (const text of [
      get() + 'G',
      get().slice(0, -1),
      get('Content-Length: 0\r\n'),
      get('Upgrade: websocket\r\n'),
      get('X: 1\r\n 2\r\n'),
      get().replace('1.1', '1.0'),
      get().replace('GET', 'CONNECT'),
      get().replace('\r\nHost', '\nHost'),
    ]) {
      assert.equal(plainRequest(octetsOf(text)), undefined, JSON.stringify(text));
    }
  });

  it('is a final response of known length that fills its octets', () => {
    assert.notEqual(plainResponse(octetsOf(ok), 'GET'), undefined);
    assert.equal(plainResponse(octetsOf(ok), 'HEAD'), undefined);
    for (const text of [
      `${ok}!`,
      ok.slice(0, -1),
      ok.replace('200', '103'),
      ok.replace('200', '101'),
      ok.replace('Content-Length: 2', 'Content-Length: 2, 2'),
      ok.replace('Content-Length: 2', 'Transfer-Encoding: chunked\r\nContent-Length: 2'),
      ok.replace('Content-Length: 2', 'Server: s'),
    ]) {
      assert.equal(plainResponse(octetsOf(text), 'GET'), undefined, JSON.stringify(text));
    }
  });
});
