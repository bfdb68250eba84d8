import { parseArgs } from 'node:util';

import type { LoopbackHost } from './front/loopback.ts';

/** What can be set on the command line of the demo server. */
export type Arguments = {
  readonly port: number;
  readonly host: LoopbackHost;
  readonly site: string;
  readonly buildId: string;
  /** Lifts the message rate, for load tests. */
  readonly liftLimits: boolean;
  /** Writes a line of JSON on standard error for every request and connection. */
  readonly log: boolean;
};

/** A command line that can't be obeyed; the message says what to write instead. */
export class ArgumentError extends Error {}

const LOOPBACK_HOSTS: readonly string[] = [
  'localhost',
  '127.0.0.1',
  '::1',
] satisfies LoopbackHost[];

/** Reads the command line; PORT and HOST stand in for what it leaves out. */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Arguments {
  const values = parse(argv);
  const host = values.host ?? env['HOST'] ?? 'localhost';
  if (!isLoopbackHost(host)) {
    throw new ArgumentError(
      `Serving other machines is not built yet: leave --host ${printable(host)} out, or give localhost.`,
    );
  }
  return {
    port: readPort(values.port ?? env['PORT'] ?? '4321'),
    host,
    site: values.site ?? 'dist',
    buildId: values['build-id'] ?? 'unknown',
    liftLimits: values['lift-limits'] ?? false,
    log: values.log ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    const options = {
      port: text,
      host: text,
      site: text,
      'build-id': text,
      'lift-limits': flag,
      log: flag,
    };
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\. |\n/, 1);
    throw new ArgumentError(
      `${printable(sentence)}. Known are --port, --host, --site and --build-id, each with a value, --log and --lift-limits.`,
    );
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new ArgumentError(`--port ${printable(text)} is no port: give a number from 0 to 65535.`);
}

function isLoopbackHost(host: string): host is LoopbackHost {
  return LOOPBACK_HOSTS.includes(host);
}

/** What comes from outside reaches the terminal without control characters. */
function printable(text: string): string {
  return text.slice(0, 200).replaceAll(/[^\x20-\x7e]/g, '?');
}
