import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import compress from '#demos/compress/demo.ts';
import { wireSizes } from '#demos/compress/wire-sizes.ts';
import { billsOf, http2Layers, total } from '#demos/price/bill.ts';
import { pricesOf, repaidAfter, TLS_HANDSHAKE, UsualHeads } from '#demos/price/break-even.ts';
import price from '#demos/price/demo.ts';
import { answerTo, tagWithId, textAttribute, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('the-price-of-a-message');
const question = (id: string) => textAttribute(tagWithId(text, id), 'question') ?? '';

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
    assert.match(question('in-the-packet'), /message of 5 bytes/);
    assert.equal(answerTo(text, 'in-the-packet'), String(total(each, 'all')));
    assert.deepEqual(each, { payload: 5, around: 2, tls: 22, tcp: 52 });
    assert.match(text, /The payload is 5, the frame's header 2\. A TLS 1\.3 record adds 22,/);
    assert.match(text, /TCP's time stamps 52\. .* 2\.5 % of the packet/);
    assert.equal(((100 * each.around) / total(each, 'all')).toFixed(1), '2.5');
    assert.equal(billOf('up').each.around, 6);
    assert.match(text, /Upwards the header is 6/);
  });

  it('says what stands around an event and a poll', () => {
    assert.equal(billOf('events').each.around, 20);
    // id: 1␊ is left out.
    assert.match(text, /here 20 bytes with an `id` of one digit, 14 without/);
    const poll = billOf('long').each.around;
    assert.ok(poll > 750 && poll < 900, String(poll));
    assert.ok(billOf('short').each.around > 1.8 * poll);
  });

  it('has a table of three transports, from the recordings', () => {
    const rows = [...text.matchAll(/^\| (WebSocket|long poll, [\w/.]+) \| (\d+) \| (\d+) \|$/gm)];
    const each = [billOf('down').each, http2Layers(5), billOf('long').each];
    assert.deepEqual(
      rows.map(([, , around, all]) => [Number(around), Number(all)]),
      each.map((layers) => [layers.around, total(layers, 'all')]),
    );
    const [socket, http2, http1] = each as [(typeof each)[0], (typeof each)[0], (typeof each)[0]];
    assert.match(text, /more than 400 times .* HTTP\/2 some 35 times\. .* 2\.7 times as many/);
    assert.ok(http1.around / socket.around > 400);
    assert.equal(Math.round(http2.around / socket.around), 35);
    assert.equal((total(http2, 'all') / total(socket, 'all')).toFixed(1), '2.7');
    assert.ok(text.includes(`<Explain after="http-two">\n\n${String(http2.around)}. Both`));
  });

  it('says when the handshake is repaid', () => {
    const { handshake, http1, http2, frame } = pricesOf(bills, 5);
    assert.equal(Math.round(handshake / 100), 7);
    assert.match(question('repaid'), /about 700 bytes/);
    const events = repaidAfter(handshake, http2, frame);
    assert.ok(events >= 9 && events <= 12);
    assert.ok(text.includes(`\n${String(events)} with the heads that were recorded here.`));
    const withTls = repaidAfter(handshake + TLS_HANDSHAKE, http2, frame);
    assert.ok(text.includes(`A TLS handshake of 1,829 bytes makes it ${String(withTls)}.`));
    assert.equal(TLS_HANDSHAKE, 1829);
    assert.equal(repaidAfter(handshake, http1, frame), 1);
  });

  it('says what thirty ticks come to', () => {
    assert.match(question('by-itself'), /^Thirty price ticks of 89 bytes/);
    const fresh = sizeOf('ws-fresh', 'ticks');
    assert.deepEqual([fresh.messages, fresh.payload], [30, 30 * 89]);
    const mean = fresh.sent / fresh.messages;
    assert.ok(mean >= 83.5 && mean < 85, String(mean));
    assert.equal(sizeOf('ws-takeover', 'ticks').last, 20);
    assert.equal(sizeOf('events-gzip', 'ticks').last, 28);
    assert.match(text, /fall to about 20 bytes\. .*: about 28 with its chunk\./);
    assert.ok(sizeOf('events-gzip', 'ticks').sent < fresh.sent);
  });

  it('says what Hello grows to (RFC 7692 §7.2.3)', () => {
    const { first, last } = sizeOf('ws-takeover', 'hello');
    // Two octets of header.
    assert.deepEqual([first - 2, last - 2], [7, 5]);
    assert.match(text, /grows from 5 bytes to 7; with takeover the second one takes 5/);
  });

  it('has the window that the server has', () => {
    const server = readFileSync('demo-server/demos/compress.ts', 'utf8');
    assert.match(server, /windowBits: 10 \}/);
    assert.match(text, /a small context, one of 1 KiB/);
  });

  it('adds up the twenty messages a second of 50,000 users', () => {
    const perSecond = 20 * 50_000;
    assert.match(text, /at 793 bytes, are 6\.3 gigabits a second; frame headers are 16 megabits/);
    assert.equal(UsualHeads.http1, 793);
    assert.equal(((perSecond * 793 * 8) / 1e9).toFixed(1), '6.3');
    assert.equal((perSecond * 2 * 8) / 1e6, 16);
  });
});
