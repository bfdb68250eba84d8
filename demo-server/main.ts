import { ArgumentError, readArguments, type Arguments } from './arguments.ts';
import { createDemoServer } from './server.ts';

/** Starts the demo server as a program of its own: one line when it is ready, one when it can't be. */

const args = readOrExit();
try {
  const { log, ...options } = args;
  const server = await createDemoServer({ ...options, ...(log && { log: writeLog }) });
  const stop = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  console.log(`Switching Protocols is at ${server.address}`);
} catch (error) {
  exit(1, whyNot(error, args));
}

function writeLog(line: string): void {
  process.stderr.write(line);
}

function readOrExit(): Arguments {
  try {
    return readArguments(process.argv.slice(2), process.env);
  } catch (error) {
    if (error instanceof ArgumentError) return exit(2, error.message);
    throw error;
  }
}

function whyNot(error: unknown, { port }: Arguments): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const other = String(port < 65_535 ? port + 1 : 4321);
  if (code === 'EADDRINUSE') {
    return `Port ${String(port)} is taken: stop the program that uses it, or start with --port ${other}.`;
  }
  if (code === 'EACCES') return `Port ${String(port)} needs more rights: start with --port 4321.`;
  return `The demo server can't start: ${message}`;
}

function exit(code: number, line: string): never {
  console.error(line);
  process.exit(code);
}
