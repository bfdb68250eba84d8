import type { Direction } from '#capture/wire-event.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import type { RecordedRun } from '#tests/capture/export/recorded-run.ts';
import type { Random } from '#tests/support/random.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const;
const STATUS_LINES = [
  '200 OK',
  '200 ',
  '201 Created',
  '204 No Content',
  '206 Partial Content',
  '301 Moved Permanently',
  '304 Not Modified',
  '404 Not here, nor there',
  '503 Service Unavailable',
] as const;
const TARGETS = ['/', '/a/b?c=d&e=%20f', '/live/run/cache-fields/resource', '*'] as const;
const FIELD_LINES = [
  'ETag: "v1"',
  'cache-control:max-age=3,  must-revalidate',
  'VARY: \tAccept-Language ',
  'X-Empty:',
  'X-Colons: a:b: c',
  'Set-Cookie: a=1; Path=/',
  'Set-Cookie: b=2',
  'Date: Mon, 23 Nov 2026 12:00:00 GMT',
  'Age: 0',
] as const;

/** Adds a connection with a few exchanges, one after the other, each cut at random. */
export function addHttpStream(run: RecordedRun, connection: number, random: Random): void {
  run.open(connection);
  for (let left = random.integer(1, 4); left > 0; left--) {
    const method = random.pick(METHODS);
    send(run, connection, 'up', request(random, method), random);
    if (random.integer(0, 3) === 0) {
      send(run, connection, 'down', 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n', random);
    }
    send(run, connection, 'down', response(random, method), random);
  }
  run.end(connection, 'up');
  run.end(connection, 'down');
  run.close(connection);
}

function send(
  run: RecordedRun,
  connection: number,
  direction: Direction,
  message: string,
  random: Random,
): void {
  const octets = octetsFromLatin1(message);
  for (let at = 0; at < octets.length;) {
    const end = Math.min(octets.length, at + random.integer(1, 2000));
    run.octets(connection, direction, octets.subarray(at, end));
    at = end;
  }
}

function request(random: Random, method: string): string {
  const hasBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
  const head = `${method} ${random.pick(TARGETS)} HTTP/1.1\r\nHost: localhost:4321\r\n`;
  return head + fieldLines(random) + (hasBody ? body(random) : '\r\n');
}

/** RFC 9112 §6.3: no body after HEAD, 204 and 304. */
function response(random: Random, method: string): string {
  const statusLine = random.pick(STATUS_LINES);
  const hasBody = method !== 'HEAD' && !/^(?:204|304)/.test(statusLine);
  return `HTTP/1.1 ${statusLine}\r\n${fieldLines(random)}${hasBody ? body(random) : '\r\n'}`;
}

function fieldLines(random: Random): string {
  const count = random.integer(0, 5);
  return Array.from({ length: count }, () => `${random.pick(FIELD_LINES)}\r\n`).join('');
}

/** The field that frames a body, the end of the head, and the body. RFC 9112 §6. */
function body(random: Random): string {
  const content = 'x'.repeat(random.pick([0, 1, 80, 1459, 1460, 5000]));
  if (random.boolean()) return `Content-Length: ${content.length}\r\n\r\n${content}`;
  const chunks = Array.from({ length: random.integer(0, 3) }, () => {
    const length = random.pick([1, 16, 255, 3000]);
    const extension = random.boolean() ? ';a="b"' : '';
    return `${length.toString(16)}${extension}\r\n${'y'.repeat(length)}\r\n`;
  });
  const trailer = random.boolean() ? 'X-Checksum: 1\r\n' : '';
  return `Transfer-Encoding: chunked\r\n\r\n${chunks.join('')}0\r\n${trailer}\r\n`;
}
