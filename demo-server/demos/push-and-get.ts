import { WebSocketServer, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import { sendToListener } from '#demo-server/unread.ts';

/** What a reader is told: the snapshot whole, or an address for it that caches may keep or not. */
const WAYS = ['whole', 'name', 'name-no-store'] as const;
type Way = (typeof WAYS)[number];

type Snapshot = {
  version: number;
  /** When it was made, in milliseconds on the run's clock. */
  at: number;
  readonly readers: Map<WebSocket, Way>;
};

/** Of a run, at the same time. */
const MAX_READERS = 8;
/** In octets: there is one thing to say. */
const MAX_MESSAGE = 1024;
const LINE = 'A snapshot of what everybody should see, as it stands at this moment in time.\n';

const webSockets = new WebSocketServer({ ...webSocketOptions, maxPayload: MAX_MESSAGE });
const snapshots = new WeakMap<DemoContext['run'], Snapshot>();

/** One snapshot that changes. A socket brings it whole, or only says that a GET would. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const snapshot = snapshotOf(context);
    const way = WAYS.find((known) => known === context.query.get('way'));
    if (context.rest !== 'ws' || way === undefined) {
      throw new RequestError(404, `The WebSocket is at ws?way=, one of ${WAYS.join(', ')}.`);
    }
    if (snapshot.readers.size >= MAX_READERS) {
      throw new RequestError(429, `A run has at most ${String(MAX_READERS)} readers. Close one.`);
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      snapshot.readers.set(webSocket, way);
      webSocket.on('message', (message) => {
        if ((message as Buffer).toString() === '{"want":"snapshot"}') {
          webSocket.send(messageOf(snapshot, way));
        } else webSocket.close(1008, 'Say {"want":"snapshot"}, and nothing else.');
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', () => snapshot.readers.delete(webSocket));
    });
  },

  async request(request, response, context) {
    const snapshot = snapshotOf(context);
    const line = `${request.method ?? ''} ${context.rest.replace(/\d+/, 'n')}`;
    if (line === 'POST changes') {
      await readJsonContent(request);
      snapshot.version += 1;
      snapshot.at = Math.round(context.now() * 10) / 10;
      context.note('change', { version: snapshot.version, readers: snapshot.readers.size });
      for (const [webSocket, way] of snapshot.readers) {
        sendToListener(webSocket, messageOf(snapshot, way));
      }
      response.writeHead(204).end();
      return;
    }
    if (line !== 'GET snapshots/n') {
      throw new RequestError(404, 'Try POST changes, GET snapshots/ with a number, or the ws.');
    }
    if (context.rest !== `snapshots/${String(snapshot.version)}`) {
      throw new RequestError(404, `Only snapshots/${String(snapshot.version)} is kept.`);
    }
    context.note('answer', { version: snapshot.version }, context.connection);
    // A version has an address of its own and never changes: it may be kept for long.
    const isKept = context.query.get('store') !== 'no';
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': isKept ? 'max-age=600' : 'no-store',
    });
    response.end(contentOf(snapshot));
  },
};

function messageOf(snapshot: Snapshot, way: Way): string {
  const { version, at } = snapshot;
  const changed = `snapshots/${String(version)}${way === 'name' ? '' : '?store=no'}`;
  return way === 'whole' ? contentOf(snapshot) : JSON.stringify({ changed, at });
}

/** The same octets by either way. */
function contentOf({ version, at }: Snapshot): string {
  return JSON.stringify({ version, at, text: LINE.repeat(27) });
}

function snapshotOf({ run }: DemoContext): Snapshot {
  const snapshot = snapshots.get(run) ?? { version: 1, at: 0, readers: new Map() };
  snapshots.set(run, snapshot);
  return snapshot;
}
