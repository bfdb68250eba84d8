import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodePcapng } from '#capture/export/pcapng.ts';
import type { Row } from '#capture/row.ts';
import { RecordedRun, rowsOf } from '#tests/capture/export/recorded-run.ts';
import { Random } from '#tests/support/random.ts';
import { addHttpStream } from './http-streams.ts';
import { skipWithoutTshark, tsharkFaults, tsharkFields } from './tshark.ts';

const STREAMS = 150;
const FIELDS = [
  'tcp.stream',
  'http.request.method',
  'http.request.uri',
  'http.request.version',
  'http.request.line',
  'http.response.version',
  'http.response.code',
  'http.response.phrase',
  'http.response.line',
  'http.chunk_size',
  'http.chunked_trailer_part',
] as const;

type ComparedMessage = {
  readonly connection: number;
  readonly startLine: string;
  readonly fieldLines: readonly string[];
  readonly chunkSizes: readonly number[];
  readonly trailers: readonly string[];
};

/** Without the line end, which tshark writes as an escape, and without white space around the value. */
function fieldLineByTshark(line: string): string {
  const [, name = '', value = ''] = /^([^:]*):(.*)$/.exec(line.replace(/\\r\\n$/, '')) ?? [];
  return `${name}=${value.replaceAll(/^(?: |\\t)+|(?: |\\t)+$/g, '')}`;
}

function messageByTshark(packet: Record<(typeof FIELDS)[number], string[]>): ComparedMessage {
  const isRequest = packet['http.request.method'].length > 0;
  const startLine = isRequest
    ? [packet['http.request.method'], packet['http.request.uri'], packet['http.request.version']]
    : [
        packet['http.response.version'],
        packet['http.response.code'],
        packet['http.response.phrase'],
      ];
  return {
    connection: Number(packet['tcp.stream'][0]) + 1,
    startLine: startLine.map(([part = '']) => part).join(' '),
    fieldLines:
      packet[isRequest ? 'http.request.line' : 'http.response.line'].map(fieldLineByTshark),
    chunkSizes: packet['http.chunk_size'].map(Number),
    trailers: packet['http.chunked_trailer_part'].map((part) =>
      fieldLineByTshark(part).toLowerCase(),
    ),
  };
}

function messagesOfRows(rows: readonly Row[]): ComparedMessage[] {
  return rows.flatMap((row) => {
    if (row.detail?.type !== 'head') return [];
    const { head } = row.detail;
    const chunks = rows.filter(({ kind, answers }) => {
      return kind === 'http.chunk' && answers === row.number;
    });
    const trailers = chunks.map(({ data }) => (data['trailers'] ?? {}) as Record<string, string>);
    const startLine =
      head.type === 'request'
        ? [head.method, head.requestTarget, head.httpVersion]
        : [head.httpVersion, head.statusCode, head.reasonPhrase];
    return {
      connection: row.connection ?? 0,
      startLine: startLine.join(' '),
      fieldLines: head.fieldLines.map(({ name, value }) => `${name}=${value}`),
      chunkSizes: chunks.map(({ data }) => data['size'] as number),
      trailers: trailers.flatMap((fields) =>
        Object.entries(fields).map(([name, value]) => `${name}=${value}`),
      ),
    };
  });
}

describe('our reader of HTTP/1.1 and tshark', { skip: skipWithoutTshark }, () => {
  it('read every start line, field line and chunk size alike (RFC 9112 §2.1)', async () => {
    const random = new Random(9112);
    const run = new RecordedRun();
    for (let connection = 1; connection <= STREAMS; connection++) {
      addHttpStream(run, connection, random);
    }
    const file = encodePcapng(run.events, { beganAt: Date.UTC(2026, 10, 23) });
    assert.deepEqual((await tsharkFaults(file)).slice(0, 3), []);
    // A first segment of a few octets is too short for tshark to guess the protocol from.
    const isHttp = ['-d', 'tcp.port==4321,http'];
    const filter = 'http.request or http.response';
    const packets = await tsharkFields(file, filter, FIELDS, isHttp);
    const theirs = packets.map(messageByTshark);
    const ours = messagesOfRows(rowsOf(run.events));
    assert.ok(theirs.length >= 2 * STREAMS, `${theirs.length} messages`);
    assert.equal(ours.length, theirs.length);
    for (const [index, expected] of theirs.entries()) assert.deepEqual(ours[index], expected);
  });
});
