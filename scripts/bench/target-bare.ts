// The base: `ws` and `node:http` as anybody would write it, without a tap. Run with a kind of target.
import { WebSocketServer, type RawData } from 'ws';

import { announce, answerContent, createPatientServer, type TargetKind } from './target-work.ts';

const kind = process.argv[2] as TargetKind;
const server = createPatientServer(kind === 'http' ? answerContent : undefined);

if (kind !== 'http') {
  const webSockets = new WebSocketServer({ server, perMessageDeflate: false });
  const sendToAll = (message: RawData, binary: boolean) => {
    for (const client of webSockets.clients) client.send(message, { binary });
  };
  webSockets.on('connection', (webSocket) => {
    webSocket.on('message', (message, binary) => {
      if (kind === 'fan-out') sendToAll(message, binary);
      else webSocket.send(message, { binary });
    });
  });
}
announce(server, '/ws');
