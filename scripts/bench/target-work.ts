import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the bare and the tapped target do alike, so that they differ by the tap alone. */
export type TargetKind = 'echo' | 'fan-out' | 'http';

const content = Buffer.from(JSON.stringify({ text: 'x'.repeat(1024 - '{"text":""}'.length) }));

/** Answers every request with 1,024 octets of JSON. */
export const answerContent: RequestListener = (_request, response) => {
  response
    .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': content.length })
    .end(content);
};

/** A server whose idle connections outlast the windows of the other targets. */
export function createPatientServer(listener?: RequestListener): Server {
  return createServer({ keepAliveTimeout: 600_000 }, listener);
}

/** Listens on any free port and says where, in the line that the bench waits for. */
export function announce(server: Server, path: string): void {
  server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
    const { port } = server.address() as AddressInfo;
    console.log(`Target at http://127.0.0.1:${String(port)}${path}`);
  });
}
