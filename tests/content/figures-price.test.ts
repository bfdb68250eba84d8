import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import compress from '#demos/compress/demo.ts';
import { wireSizes } from '#demos/compress/wire-sizes.ts';
import { billsOf, total } from '#demos/price/bill.ts';
import { pricesOf, repaidAfter, TLS_HANDSHAKE, UsualHeads } from '#demos/price/break-even.ts';
import price from '#demos/price/demo.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { figuresOf } from './lesson-figures.ts';

provideHttp2();
const lesson = figuresOf('the-price-of-a-message');

const recorded = (demo: DemoDefinition) =>
  readReplay(demo, readFileSync(`content/captures/${demo.id}.json`, 'utf8'), 'recording').store
    .rows;

const bills = billsOf(recorded(price));
const billOf = (way: string) =>
  bills.find((bill) => bill.way === way && bill.size === 5) ?? assert.fail(way);
const sizes = wireSizes(recorded(compress));
const sizeOf = (way: string, kind: string) =>
  sizes.find((size) => size.way === way && size.kind === kind) ?? assert.fail(way);

describe('figures of the-price-of-a-message, recomputed', () => {
  it('makes out the packet of five bytes', () => {
    const { each } = billOf('down');
    assert.match(lesson.questionOf('in-the-packet'), /message of 5 bytes/);
    assert.equal(lesson.answerTo('in-the-packet'), String(total(each, 'all')));
    assert.deepEqual(each, { payload: 5, around: 2, tls: 22, tcp: 52 });
    lesson.quotes(/The payload is 5, the frame's header 2\. A TLS 1\.3 record adds 22,/);
    lesson.quotes('“Two bytes of overhead”');
    assert.match(lesson.questionOf('three-layers'), /header is 2 bytes and a TLS record adds 22/);
    assert.equal(lesson.answerTo('three-layers'), 'TCP and IP');
    lesson.quotes('52 bytes for each packet');
    lesson.quotes("TCP's time stamps 52. The famous two bytes are 2.5 % of the packet");
    assert.equal(((100 * each.around) / total(each, 'all')).toFixed(1), '2.5');
    assert.equal(billOf('up').each.around, 6);
    lesson.quotes(/Upwards the header is 6/);
  });

  it('says what stands around an event and a poll', () => {
    assert.equal(billOf('events').each.around, 20);
    // Without `id: 1␊`, the event is short enough for a chunk size of one digit (RFC 9112 §7.1).
    const bare = 'data: Hello\n\n';
    const chunk = `${bare.length.toString(16)}\r\n${bare}\r\n`;
    const without = chunk.length - 'Hello'.length;
    lesson.quotes(`here 20 bytes with an \`id\` of one digit, ${without} without`);
    lesson.quotes('in your browser about 800 bytes');
    const poll = billOf('long').each.around;
    assert.ok(poll > 750 && poll < 900, String(poll));
    assert.ok(billOf('short').each.around > 1.8 * poll);
  });

  it('has a table of three transports, from the recordings', () => {
    const rows = lesson.quotesEach(/^\| (?:WebSocket|long poll, [\w/.]+) \| (\d+) \| (\d+) \|$/m);
    lesson.quotes('| 5 bytes by | around them | with all layers |');
    const each = [billOf('down').each, billOf('http2').each, billOf('long').each];
    assert.deepEqual(
      rows.map(([around, all]) => [Number(around), Number(all)]),
      each.map((layers) => [layers.around, total(layers, 'all')]),
    );
    const [socket, http2, http1] = each as [(typeof each)[0], (typeof each)[0], (typeof each)[0]];
    lesson.quotes('more than 400 times the WebSocket');
    lesson.quotes('HTTP/2 some 35 times. With the layers below, HTTP/2 takes 2.7 times as many');
    assert.ok(http1.around / socket.around > 400);
    assert.equal(Math.round(http2.around / socket.around), 35);
    assert.equal(lesson.answerTo('http-two'), 'about 70');
    assert.equal(Math.round(http2.around / 10), 7);
    assert.equal((total(http2, 'all') / total(socket, 'all')).toFixed(1), '2.7');
    lesson.quotes(`<Explain after="http-two">\n\n${String(http2.around)}. Both`);
  });

  it('says when the handshake is repaid', () => {
    const { handshake, http1, http2, frame } = pricesOf(bills, 5);
    assert.equal(Math.round(handshake / 100), 7);
    assert.match(lesson.questionOf('repaid'), /about 700 bytes/);
    const events = repaidAfter(handshake, http2, frame);
    assert.ok(events >= 9 && events <= 12);
    assert.equal(lesson.answerTo('repaid'), 'about 10');
    lesson.quotes(`\n${String(events)} with the heads that were recorded here.`);
    const withTls = repaidAfter(handshake + TLS_HANDSHAKE, http2, frame);
    lesson.quotes(`A TLS handshake of 1,829 bytes makes it ${String(withTls)}.`);
    assert.equal(TLS_HANDSHAKE, 1829);
    assert.equal(repaidAfter(handshake, http1, frame), 1);
  });

  it('says what thirty ticks come to', () => {
    assert.match(lesson.questionOf('by-itself'), /^Thirty price ticks of 89 bytes/);
    const fresh = sizeOf('ws-fresh', 'ticks');
    assert.deepEqual([fresh.messages, fresh.payload], [30, 30 * 89]);
    const mean = fresh.sent / fresh.messages;
    assert.equal(lesson.answerTo('by-itself'), 'about 84');
    assert.ok(mean >= 83.5 && mean < 85, String(mean));
    assert.equal(sizeOf('ws-takeover', 'ticks').last, 20);
    assert.equal(sizeOf('events-gzip', 'ticks').last, 28);
    lesson.quotes('fall to about 20 bytes');
    lesson.quotes('about 28 with its chunk');
    assert.ok(sizeOf('events-gzip', 'ticks').sent < fresh.sent);
  });

  it('says what Hello grows to (RFC 7692 §7.2.3)', () => {
    const { first, last } = sizeOf('ws-takeover', 'hello');
    // Two octets of header.
    assert.deepEqual([first - 2, last - 2], [7, 5]);
    lesson.quotes('grows from 5 bytes to 7; with takeover the second one takes 5');
    lesson.quotes('Hello takes 7 bytes instead of 5.');
  });

  it('has the window that the server has', () => {
    const server = readFileSync('demo-server/demos/compress.ts', 'utf8');
    assert.match(server, /windowBits: 10 \}/);
    lesson.quotes(/a small context, one of 1 KiB/);
  });

  it('adds up the twenty messages a second of 50,000 users', () => {
    lesson.quotes('twenty small messages a second for 50,000 users');
    const perSecond = 20 * 50_000;
    lesson.quotes(/at 793 bytes, are 6\.3 gigabits a second; frame headers are 16 megabits/);
    assert.equal(UsualHeads.http1, 793);
    assert.equal(((perSecond * 793 * 8) / 1e9).toFixed(1), '6.3');
    assert.equal((perSecond * 2 * 8) / 1e6, 16);
  });

  it('has two bytes of header for a short frame from the server, and 14 at most', () => {
    const short = encodeFrame({ opcode: 2, applicationData: new Uint8Array(125) });
    const [maskingKey, applicationData] = [new Uint8Array(4), new Uint8Array(65_536)];
    const long = encodeFrame({ opcode: 2, maskingKey, applicationData });
    assert.deepEqual([short.length - 125, long.length - 65_536], [2, 14]);
    lesson.quotes('Every frame has a header of 2 to 14 bytes');
    lesson.quotes('Two bytes is also a promise: it stays two bytes');
  });

  it('asks for what the challenges check', () => {
    const goals = JSON.stringify([price.challenges, compress.challenges]);
    lesson.quotes('asks for messages of 50 bytes or more with at most 20 bytes each around them');
    assert.match(goals, /"data\.size":\{"atLeast":50\}/);
    assert.match(goals, /"data\.overhead":\{"atMost":20\}/);
    lesson.quotes('asks for 30 messages');
    assert.match(goals, /"data\.messages":\{"atLeast":30\}/);
    assert.match(lesson.questionOf('never-twenty'), /get to 20 bytes/);
    assert.ok(billOf('long').overhead > 20);
    // The setting of its third step.
    assert.ok(price.parameters.size.max > 1024);
    lesson.quotes('until it says 1,024 bytes');
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
