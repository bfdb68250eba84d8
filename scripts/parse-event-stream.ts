// Reads an event stream on standard input and prints one JSON line per event that a page would see.
import { parseArgs } from 'node:util';

import { EventStreamParser } from '#protocol/event-stream/event-stream-parser.ts';

const USAGE = `Usage: node scripts/parse-event-stream.ts < octets

Prints one JSON line per event (WHATWG HTML §9.2.6): type, data, lastEventId, the reconnection time in
milliseconds if the stream has set one so far, where the event begins, and its octets in base64. An
event that its stream does not end with an empty line is not an event.`;

try {
  parseArgs({ options: {} });
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exit(2);
}

const parser = new EventStreamParser();
process.stdout.on('error', () => process.exit());
for await (const octets of process.stdin) print(octets as Buffer);

/** Octet by octet, so that each event comes with the reconnection time that stood when it ended. */
function print(octets: Uint8Array): void {
  for (let at = 0; at < octets.length; at++) {
    for (const { octets: own, ...event } of parser.push(octets.subarray(at, at + 1))) {
      const line = {
        ...event,
        reconnectionTime: parser.reconnectionTimeMs,
        octets: Buffer.from(own).toString('base64'),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    }
  }
}
