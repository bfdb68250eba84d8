// Starts the shared cache alone, in front of an origin of this machine, for people who want to check
// it with their own client and their own server. The demo server does not contain this.
import { parseArgs } from 'node:util';

import { createSharedCache } from '#demo-server/shared-cache/shared-cache.ts';

import { localPort, readOrExit, serveAlone } from './box-alone.ts';

const USAGE = `Usage: node scripts/shared-cache.ts --origin http://127.0.0.1:<port> [--port <port>]

  --origin  whose responses it stores: a port of this machine
  --port    where it listens, on 127.0.0.1; any that is free when left out

Prints its address on standard output and, as JSON lines on standard error, every decision with the
rule that it goes by. Ctrl-C ends it.`;

function readArguments() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { origin: text, port: text } });
  const [, origin = ''] = /^http:\/\/([^/]+)\/?$/.exec(values.origin ?? '') ?? [];
  const to = origin.includes(':') ? localPort(origin) : undefined;
  if (to === undefined)
    throw new Error('--origin takes a port of this machine, and no other host.');
  const port = localPort(values.port ?? '0');
  if (port === undefined) throw new Error('A port is a number from 0 to 65535.');
  const placed = { name: 'shared-cache', box: createSharedCache(), values: {} };
  return { placed, to, port };
}

await serveAlone(readOrExit(readArguments, USAGE));
