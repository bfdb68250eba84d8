// The demo server's tap and runs around a small server of the bench's own. No demo fans out or answers
// 1 KiB of JSON, and the demo server holds fewer WebSockets than a fan-out to 1,000 needs; echo is
// measured on the demo server itself. Run with a kind of target, and --one-frame to build a broadcast
// frame once for all instead of once for each.
import type { Duplex } from 'node:stream';

import { Connections } from '#demo-server/runs/connections.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { WebSocketServer, type RawData } from 'ws';

import { answerOrders } from './orders.ts';
import { announce, answerContent, createPatientServer, type TargetKind } from './target-work.ts';

const kind = process.argv[2] as TargetKind;
const oneFrame = process.argv.includes('--one-frame');
const runs = new RunStore();
const run = runs.create(kind);
const connections = new Connections(runs);
const server = createPatientServer(kind === 'http' ? answerContent : undefined);
const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const sockets = new Set<Duplex>();

server.on('connection', (socket) => {
  connections.accept(socket, () => ({ sender: 'BROWSER', hop: 0 }));
});
server.on('upgrade', (request, socket, head) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('message', oneFrame ? writeToAll : sendToAll);
  });
});
answerOrders({
  forget() {
    while (run.ring.size > 0) run.ring.dropOldest();
    return null;
  },
});
announce(server, `/live/${run.id}/${kind}/ws`);

function sendToAll(message: RawData, binary: boolean): void {
  for (const client of webSockets.clients) client.send(message, { binary });
}

/** Past `ws`, which would build the same frame for every client. */
function writeToAll(message: RawData, binary: boolean): void {
  const opcode = binary ? Opcode.binary : Opcode.text;
  const frame = encodeFrame({ opcode, applicationData: message as Buffer });
  for (const socket of sockets) socket.write(frame);
}
