import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import { compareRuns, MAX_COMPARED, type Pair } from '#capture/comparison.ts';
import { decodeCapsule, replayOrder } from '#capture/export/capsule.ts';
import type { Row } from '#capture/row.ts';
import { WITHHELD_OCTET } from '#capture/wire-event.ts';
import { octetsFromHex, octetsFromLatin1 } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** RFC 6455 §5.7 and §5.5.1: `Hello` masked and not, a ping, closes with 1000 and 1001. */
const MaskedHello = octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const Hello = octetsFromHex('81 05 48 65 6c 6c 6f');
const Ping = octetsFromHex('89 00');
const Close1000 = octetsFromHex('88 02 03 e8');
const Close1001 = octetsFromHex('88 02 03 e9');

const Run = { one: 'a'.repeat(22), other: 'b'.repeat(22) };

const upgrade = (run: string, key: string, more = '') => `GET /live/${run}/echo/ws HTTP/1.1
Host: localhost:4321
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Key: ${key}
Sec-WebSocket-Version: 13
${more}
`;
const Accepted = 'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\n';

function rowsOf({ events }: EventScript): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader.rows;
}

/** An opened WebSocket, and what comes down on it. */
function socket(head: string, ...down: readonly Uint8Array[]): EventScript {
  const script = new EventScript().open(1).octets(1, 'up', head).octets(1, 'down', Accepted);
  for (const octets of down) script.octets(1, 'down', octets);
  return script;
}

const kindsOf = (pairs: readonly Pair[]) =>
  pairs.map(({ here, there, differences }) => {
    if (here === undefined) return `there: ${there?.kind}`;
    if (there === undefined) return `here: ${here.kind}`;
    return differences.length === 0 ? 'same' : `other: ${here.kind}`;
  });

const othersOf = (pairs: readonly Pair[]) =>
  pairs.flatMap(({ here, there, differences }) => (here && there ? differences : []));

describe('two runs beside each other', () => {
  it('are the same where only what is other in every run differs: run, key, time', () => {
    const [one, other] = [
      socket(upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ=='), Hello),
      socket(upgrade(Run.other, 'x3JJHMbDL1EzLkh9GBhXDw=='), Hello),
    ].map(rowsOf);
    const pairs = compareRuns(one!, other!);
    assert.deepEqual([...new Set(kindsOf(pairs))], ['same']);
    assert.deepEqual(
      pairs.map(({ here }) => here),
      one,
    );
    assert.deepEqual(
      pairs.map(({ there }) => there),
      other,
    );
  });

  it('differ in the octets and the fields of heads', () => {
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    const ours = upgrade(Run.one, key, 'Sec-GPC: 1\nAccept-Language: de\n');
    const theirs = upgrade(Run.other, key, 'Accept-Language: en\nDNT: 1\n');
    assert.deepEqual(othersOf(compareRuns(rowsOf(socket(ours)), rowsOf(socket(theirs)))), [
      { type: 'octets', here: ours.length + 9, there: theirs.length + 9 },
      { type: 'fields-here', names: ['sec-gpc'] },
      { type: 'fields-there', names: ['dnt'] },
      { type: 'fields', names: ['accept-language'] },
    ]);
  });

  it('differ in the length alone of a value that was blotted out', () => {
    // As the server writes it over before it keeps anything.
    const blot = (length: number) => String.fromCharCode(WITHHELD_OCTET).repeat(length);
    const run = (agent: string) => {
      const head = upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ==', `User-Agent: ${agent}\n`);
      const octets = octetsFromLatin1(head.replaceAll('\n', '\r\n'));
      return rowsOf(new EventScript().open(1).octets(1, 'up', octets));
    };
    assert.deepEqual(othersOf(compareRuns(run(`a${blot(2)}`), run(`b${blot(2)}`))), []);
    const [, fields] = othersOf(compareRuns(run(blot(3)), run(blot(4))));
    assert.deepEqual(fields, { type: 'fields', names: ['user-agent'] });
  });

  it('hold what only one of them has, where it came', () => {
    const head = upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ==');
    const one = rowsOf(socket(head, Hello, Close1000));
    const other = rowsOf(socket(head, Ping, Hello, Hello, Close1001));
    const pairs = compareRuns(one, other);
    assert.deepEqual(kindsOf(pairs).slice(4), [
      'there: ws.frame',
      'same',
      'same',
      'there: ws.frame',
      'there: ws.message',
      'other: ws.frame',
    ]);
    assert.deepEqual(othersOf(pairs), [
      { type: 'value', name: 'closeCode', here: '1000', there: '1001' },
    ]);
    assert.deepEqual(kindsOf(compareRuns(other, one)).slice(4), [
      'here: ws.frame',
      'same',
      'same',
      'here: ws.frame',
      'here: ws.message',
      'other: ws.frame',
    ]);
  });

  it('are paired by what they say, where one kind comes several times', () => {
    const head = upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ==');
    const other = octetsFromHex('81 02 48 69');
    const pairs = compareRuns(
      rowsOf(socket(head, Hello)),
      rowsOf(socket(head, other, other, Hello)),
    );
    assert.deepEqual(othersOf(pairs), []);
    assert.equal(kindsOf(pairs).filter((kind) => kind.startsWith('there')).length, 4);
  });

  it('do not differ by which direction was quicker', () => {
    const head = upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ==');
    const one = socket(head).octets(1, 'up', MaskedHello).octets(1, 'down', Ping);
    const other = socket(head).octets(1, 'down', Ping).octets(1, 'up', MaskedHello);
    const pairs = compareRuns(rowsOf(one), rowsOf(other));
    assert.deepEqual([...new Set(kindsOf(pairs))], ['same']);
  });

  it('tell what scripts and programs noted, but for what they measured', () => {
    const page = (code: number, durationMs: number, isAgain: boolean) => {
      const reader = new CaptureReader();
      reader.pushPage({ t: 1, name: 'close', data: { code, durationMs, isAgain, id: `${code}` } });
      return reader.rows;
    };
    assert.deepEqual(othersOf(compareRuns(page(1000, 3, true), page(1000, 4, true))), []);
    assert.deepEqual(othersOf(compareRuns(page(1006, 3, true), page(1000, 4, false))), [
      { type: 'value', name: 'code', here: '1006', there: '1000' },
      { type: 'value', name: 'isAgain', here: 'true', there: 'false' },
    ]);
  });

  it('may have noted anything: a capsule from elsewhere is compared all the same', () => {
    for (const data of [{ violations: 'x' }, { violations: [null] }, { fields: { a: 1 } }]) {
      const reader = new CaptureReader();
      reader.pushPage({ t: 1, name: 'message', data });
      assert.deepEqual(kindsOf(compareRuns(reader.rows, reader.rows)), ['same']);
    }
  });

  it('are compared up to a bound', () => {
    const script = socket(upgrade(Run.one, 'dGhlIHNhbXBsZSBub25jZQ=='));
    for (let count = 0; count < 600; count++) script.octets(1, 'down', Hello);
    const rows = rowsOf(script);
    assert.ok(rows.length > 2 * MAX_COMPARED);
    const pairs = compareRuns(rows, rows);
    assert.equal(pairs.length, MAX_COMPARED);
    assert.deepEqual([...new Set(kindsOf(pairs))], ['same']);
  });

  it('of a recording and itself are the same', () => {
    const reader = new CaptureReader();
    for (const step of replayOrder(
      decodeCapsule(readFileSync('content/captures/chat.json', 'utf8')),
    )) {
      if (step.from === 'wire') reader.pushWire(step.event);
      else reader.pushPage(step.event);
    }
    const pairs = compareRuns(reader.rows, reader.rows);
    assert.ok(pairs.length > 20);
    assert.deepEqual([...new Set(kindsOf(pairs))], ['same']);
  });
});
