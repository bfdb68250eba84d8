import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  EventStreamParser,
  type EventStreamEvent,
} from '#protocol/event-stream/event-stream-parser.ts';
import { Random } from '#tests/support/random.ts';
import { utf8 } from '#tests/support/octets-of.ts';

type Case = {
  readonly id: string;
  readonly stream: string;
  /** type, data, lastEventId */
  readonly events: readonly (readonly [string, string, string])[];
};

/** Those marked HTML are examples of WHATWG HTML §9.2.6; the others follow from its rules. */
const cases: readonly Case[] = [
  {
    id: 'HTML: two lines of data are one event',
    stream: 'data: YHOO\ndata: +2\ndata: 10\n\n',
    events: [['message', 'YHOO\n+2\n10', '']],
  },
  {
    id: 'HTML: a comment, an id, an empty id',
    stream:
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    events: [
      ['message', 'first event', '1'],
      ['message', 'second event', ''],
      ['message', ' third event', ''],
    ],
  },
  {
    id: 'HTML: data without a value, and an event that nothing ends',
    stream: 'data\n\ndata\ndata\n\ndata:',
    events: [
      ['message', '', ''],
      ['message', '\n', ''],
    ],
  },
  {
    id: 'HTML: the space after the colon is left out',
    stream: 'data:test\n\ndata: test\n\n',
    events: [
      ['message', 'test', ''],
      ['message', 'test', ''],
    ],
  },
  { id: 'CR ends lines', stream: 'data:a\rdata:b\r\r', events: [['message', 'a\nb', '']] },
  { id: 'CRLF ends lines', stream: 'data:a\r\ndata:b\r\n\r\n', events: [['message', 'a\nb', '']] },
  {
    id: 'line ends may be mixed',
    stream: 'data:a\rdata:b\ndata:c\r\n\r',
    events: [['message', 'a\nb\nc', '']],
  },
  {
    id: 'one byte order mark is dropped',
    stream: '\ufeffdata:a\n\n',
    events: [['message', 'a', '']],
  },
  { id: 'only one byte order mark is dropped', stream: '\ufeff\ufeffdata:a\n\n', events: [] },
  {
    id: 'a byte order mark later belongs to the line',
    stream: 'data:a\n\n\ufeffdata:b\n\n',
    events: [['message', 'a', '']],
  },
  {
    id: 'an id with NUL is ignored',
    stream: 'id:1\ndata:a\n\nid:2\0\ndata:b\n\n',
    events: [
      ['message', 'a', '1'],
      ['message', 'b', '1'],
    ],
  },
  {
    id: 'a type is for one event',
    stream: 'event:x\ndata:a\n\ndata:b\n\n',
    events: [
      ['x', 'a', ''],
      ['message', 'b', ''],
    ],
  },
  {
    id: 'a type without data is forgotten',
    stream: 'event:x\n\ndata:b\n\n',
    events: [['message', 'b', '']],
  },
  {
    id: 'an id without data is kept',
    stream: 'id:7\n\ndata:b\n\n',
    events: [['message', 'b', '7']],
  },
  { id: 'field names have their case', stream: 'Data:a\nDATA:b\n data:c\ndata :d\n\n', events: [] },
  {
    id: 'a colon in a value is part of it',
    stream: 'data:a:b: c\n\n',
    events: [['message', 'a:b: c', '']],
  },
  {
    id: 'octets that are not UTF-8 become U+FFFD',
    stream: 'data:\udcff\n\n',
    events: [['message', '\ufffd', '']],
  },
  { id: 'characters of four octets', stream: 'data:🙂é\n\n', events: [['message', '🙂é', '']] },
];

const plain = (events: readonly EventStreamEvent[]) =>
  events.map(({ type, data, lastEventId }) => [type, data, lastEventId]);

describe('EventStreamParser (WHATWG HTML §9.2.6)', () => {
  for (const { id, stream, events } of cases) {
    it(id, () => {
      const octets = stream.includes('\udcff')
        ? Uint8Array.of(...utf8('data:'), 0xff, 10, 10)
        : utf8(stream);
      assert.deepEqual(plain(new EventStreamParser().push(octets)), events, 'whole');
      const parser = new EventStreamParser();
      const single = Array.from(octets).flatMap((octet) => parser.push(Uint8Array.of(octet)));
      assert.deepEqual(plain(single), events, 'octet by octet');
      const trailing = Uint8Array.of(...octets, ...utf8(octets.at(-1) === 0x3a ? '' : ':'));
      assert.deepEqual(plain(new EventStreamParser().push(trailing)), events, 'trailing octets');
    });
  }

  it('dispatches with the CR that ends the event, not with the LF after it', () => {
    const parser = new EventStreamParser();
    assert.equal(parser.push(utf8('data:a\r\n\r')).length, 1);
    assert.equal(parser.push(utf8('\n')).length, 0);
    const [event] = parser.push(utf8('data:b\n\n'));
    assert.deepEqual(plain(event ? [event] : []), [['message', 'b', '']]);
    assert.equal(Buffer.from(event?.octets ?? []).toString(), 'data:b\n\n');
    assert.equal(event?.offset, 'data:a\r\n\r\n'.length);
  });

  it('takes a reconnection time of digits only', () => {
    for (const [value, expected] of [
      ['1500', 1500],
      ['', undefined],
      ['-1', undefined],
      ['1e3', undefined],
      ['10 ', undefined],
      ['١', undefined],
    ] as const) {
      const parser = new EventStreamParser();
      parser.push(utf8(`retry:${value}\n\n`));
      assert.equal(parser.reconnectionTimeMs, expected, value);
    }
  });

  it('keeps the last event ID of an event that nothing ends to itself', () => {
    const parser = new EventStreamParser();
    parser.push(utf8('id:1\ndata:a\n\nid:2\ndata:b\n'));
    assert.equal(parser.lastEventId, '1');
  });

  it('gives each event its octets', () => {
    // Curriculum B.1: this event is 30 octets with its empty line.
    const first = 'data: {"seq":42,"price":1.0}\n\n';
    const second = ':comment\r\nid: 2\r\ndata: x\r\n\r\n';
    const octets = utf8(`${first}${second}`);
    const events = new EventStreamParser().push(octets);
    assert.deepEqual(
      events.map(({ offset }) => offset),
      [0, 30],
    );
    assert.deepEqual(
      events.map((event) => Buffer.from(event.octets).toString()),
      [first, second],
    );
  });

  it('reads the same events however the octets arrive', () => {
    const octets = utf8(
      cases
        .slice(0, 4)
        .map(({ stream }) => `${stream}\n\n`)
        .join('\r\n:\r'),
    );
    const whole = plain(new EventStreamParser().push(octets));
    const random = new Random(96);
    for (let round = 0; round < 100; round++) {
      const parser = new EventStreamParser();
      const events: EventStreamEvent[] = [];
      for (let at = 0; at < octets.length;) {
        const end = at + random.integer(1, 9);
        events.push(...parser.push(octets.slice(at, end)));
        at = end;
      }
      assert.deepEqual(plain(events), whole);
    }
  });
});
