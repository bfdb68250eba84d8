import { randomBytes } from 'node:crypto';

/** Field name → value, or nothing where the good handshake has one. */
type Fields = Readonly<Record<string, string | undefined>>;
type Departure = {
  readonly method?: string;
  readonly httpVersion?: string;
  readonly fields?: Fields;
};

/**
 * What a robot may say first: the good handshake of RFC 6455 §4.1, or one that departs from it in one
 * point. A request names one of them; its octets are ours.
 */
const Departures = {
  good: {},
  'version-12': { fields: { 'Sec-WebSocket-Version': '12' } },
  'no-key': { fields: { 'Sec-WebSocket-Key': undefined } },
  // 8 octets in base64, where RFC 6455 §4.1 asks for 16.
  'short-key': { fields: { 'Sec-WebSocket-Key': 'c2hvcnRrZXk=' } },
  'no-connection-upgrade': { fields: { Connection: 'close' } },
  'no-upgrade': { fields: { Connection: 'Upgrade, close', Upgrade: undefined } },
  post: { method: 'POST' },
  'http-1.0': { httpVersion: '1.0' },
  /** An ordinary request for the same address. */
  none: {
    fields: {
      Connection: 'close',
      Upgrade: undefined,
      'Sec-WebSocket-Version': undefined,
      'Sec-WebSocket-Key': undefined,
      Origin: undefined,
    },
  },
} as const satisfies Readonly<Record<string, Departure>>;

export type HandshakeName = keyof typeof Departures;

export const HANDSHAKES = Object.keys(Departures) as readonly HandshakeName[];

/** Writes the head of an opening handshake to this address of ours. */
export function handshakeHead(name: HandshakeName, requestTarget: string, host: string): string {
  const { method = 'GET', httpVersion = '1.1', fields = {} }: Departure = Departures[name];
  const all: Fields = {
    Host: host,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    Origin: `http://${host}`,
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}: ${value}`],
  );
  return [`${method} ${requestTarget} HTTP/${httpVersion}`, ...lines, '\r\n'].join('\r\n');
}
