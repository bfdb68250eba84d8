// Starts one box alone, in front of a port of this machine, for people who want to check it with
// their own client and their own server. The demo server does not contain this.
import { parseArgs } from 'node:util';

import { readBoxSegment } from '#demo-server/box-segment.ts';
import type { BoxServer } from '#demo-server/box.ts';
import { importFolder } from '#demo-server/folder.ts';

import { localPort, readOrExit, serveAlone } from './box-alone.ts';

const boxes = await importFolder<BoxServer>('boxes', 'box');

const USAGE = `Usage: node scripts/serve-box.ts --box <name> --to <port> [--port <port>]

  --box   ${[...boxes.keys()].join(', ')};
          with its parameters as in an address: --box 'slow;delayMs=50;jitterMs=10'
  --to    where it forwards: a port of this machine, also as localhost:<port> or 127.0.0.1:<port>
  --port  where it listens, on 127.0.0.1; any that is free when left out

Prints its address on standard output and, as JSON lines on standard error, what it does and why.
Ctrl-C ends it.`;

function readArguments() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { box: text, to: text, port: text } });
  if (values.box === undefined) throw new Error('--box takes the name of a box.');
  const placed = readBoxSegment(values.box, boxes);
  const to = localPort(values.to ?? '');
  if (to === undefined) throw new Error('--to takes a port of this machine, and no other host.');
  const port = localPort(values.port ?? '0');
  if (port === undefined) throw new Error('A port is a number from 0 to 65535.');
  return { placed, to, port };
}

await serveAlone(readOrExit(readArguments, USAGE));
