import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/echo/demo.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

const request = `GET /live/x/echo/ws HTTP/1.1
Host: x
Connection: Upgrade
Upgrade: websocket

`;
const accepted = 'HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: websocket\n\n';

const connected = (connection = 1): EventScript =>
  new EventScript()
    .open(connection)
    .octets(connection, 'up', request)
    .octets(connection, 'down', accepted);

/** A text frame as RFC 6455 §5.2 has it, written by hand: header, then so many octets. */
const frame = (header: string, length: number): Uint8Array =>
  Uint8Array.of(...octetsFromHex(header), ...new Uint8Array(length));

const short = frame('81 85 00 00 00 00', 5);
const middle = frame('81 fe 00 7e 00 00 00 00', 126);
const long = frame('81 ff 00 00 00 00 00 01 00 00 00 00 00 00', 65_536);

function met(challenge: string, { events }: EventScript): string[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  return evaluate(found, reader.rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

describe('Header hunter', () => {
  it('is solved by the three forms of the length, masked (RFC 6455 §5.2)', () => {
    const run = connected().octets(1, 'up', short).octets(1, 'up', middle).octets(1, 'up', long);
    assert.deepEqual(met('header-hunter', run), ['header-6', 'header-8', 'header-14']);
  });

  it('is not solved by the server’s frames, whose headers are four octets shorter', () => {
    const run = connected().octets(1, 'down', frame('81 7e 00 7e', 126)).octets(1, 'up', short);
    assert.deepEqual(met('header-hunter', run), ['header-6']);
  });

  it('takes no ping for a data frame', () => {
    assert.deepEqual(
      met('header-hunter', connected().octets(1, 'up', frame('89 80 00 00 00 00', 0))),
      [],
    );
  });
});

describe('Two ways to end', () => {
  const close = (code: string) => octetsFromHex(`88 02 ${code}`);
  const closeUp = (code: string) => octetsFromHex(`88 82 00 00 00 00 ${code}`);

  it('is solved by 1009 from the server, and 4001 each way', () => {
    const run = connected().octets(1, 'down', close('03 f1'));
    run.open(2).octets(2, 'up', request).octets(2, 'down', accepted);
    run.octets(2, 'up', closeUp('0f a1')).octets(2, 'down', close('0f a1'));
    assert.deepEqual(met('two-ways-to-end', run), ['too-big', 'clean-4001']);
  });

  it('is not solved by 1009 from the browser, nor by 4001 one way', () => {
    const run = connected().octets(1, 'up', closeUp('03 f1'));
    assert.deepEqual(met('two-ways-to-end', run), []);
    assert.deepEqual(met('two-ways-to-end', connected().octets(1, 'up', closeUp('0f a1'))), []);
  });

  it('is not solved by a connection that is cut', () => {
    assert.deepEqual(met('two-ways-to-end', connected().close(1, true)), []);
  });
});
