import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readEvents, type ServerEvent } from '#demos/event-source/client.ts';

/** A body that comes in these pieces, then ends. */
function bodyOf(pieces: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<BufferSource> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
}

async function eventsIn(text: string, size = Infinity): Promise<ServerEvent[]> {
  const octets = new TextEncoder().encode(text);
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < octets.length; at += size) pieces.push(octets.slice(at, at + size));
  const events: ServerEvent[] = [];
  for await (const event of readEvents(bodyOf(pieces))) events.push(event);
  return events;
}

describe('the parser that a reader is shown', () => {
  // The four streams are the examples of WHATWG HTML §9.2.6.
  it('joins lines of data, and takes a name without a colon for an empty value', async () => {
    const stocks = await eventsIn('data: YHOO\ndata: +2\ndata: 10\n\n');
    assert.deepEqual(
      stocks.map(({ data }) => data),
      ['YHOO\n+2\n10'],
    );
    const empty = await eventsIn('data\n\ndata\ndata\n\ndata:');
    assert.deepEqual(
      empty.map(({ data }) => data),
      ['', '\n'],
    );
  });

  it('skips comments, keeps the last id, and resets it by an empty one', async () => {
    const events = await eventsIn(
      ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    );
    assert.deepEqual(events, [
      { id: '1', type: 'message', data: 'first event' },
      { id: '', type: 'message', data: 'second event' },
      { id: '', type: 'message', data: ' third event' },
    ]);
  });

  it('takes one space after the colon as no part of the value', async () => {
    const events = await eventsIn('data:test\n\ndata: test\n\n');
    assert.deepEqual(
      events.map(({ data }) => data),
      ['test', 'test'],
    );
  });

  it('reads the same cut anywhere, with each of the three line ends', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['event: add', 'id: 7', 'data: é', 'data: b', '', ': c', ''].join(end);
      for (const size of [1, 2, 3, 100]) {
        assert.deepEqual(await eventsIn(text, size), [{ id: '7', type: 'add', data: 'é\nb' }]);
      }
    }
  });

  it('forgets what no blank line has ended', async () => {
    assert.deepEqual(await eventsIn('id: 9\ndata: half\n'), []);
  });
});
