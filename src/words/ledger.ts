/** What the ledger says. */
export const ledgerWords = {
  nameOf: (demo: string) => `Ledger: ${demo}`,
  count: 'What is counted',
  captured: 'What was captured',
  estimated: 'With TLS and TCP/IP',
  model: 'MODEL',
  caption: 'Bytes of this run, counted where the page is',
  up: 'up',
  down: 'down',
  both: 'both',
  lines: {
    head: 'Heads, the upgrade’s among them',
    framing: 'Framing: frame headers, chunk sizes',
    payload: 'Payload and bodies',
    unread: 'Not read',
    tls: 'TLS 1.3 records',
    tcp: 'TCP and IPv4 headers',
    total: 'In all',
  },
  scope:
    'Counted: bytes of HTTP and WebSocket between this page and the server, on loopback; where a demo speaks TLS, its records, unread. Not counted: TCP and IP headers, and this bench’s own channel.',
  assumptions:
    'A model, not a capture: this site runs on loopback without TLS. It takes each head, body, chunk and frame as one write; 22 bytes for each TLS record of at most 16,384 (RFC 8446 §5.2); 52 for each segment of at most 1,448 (IPv4, TCP, timestamps); three packets to open a connection. Left out: the TLS handshake (some thousand bytes, most of them certificates), packets that only acknowledge, closing, and what is lost and sent again.',
  transports: {
    caption: 'By what carried it',
    setUp: 'set-up',
    total: 'in all',
    units: 'number',
    each: 'bytes each',
    eachLater: 'each after set-up',
    names: {
      http: 'Requests and answers',
      http2: 'Requests and answers, HTTP/2',
      'event-stream': 'Events of event streams',
      websocket: 'WebSocket messages',
    },
  },
  http2: {
    caption: 'Frames of HTTP/2, their headers included',
    type: 'type',
    count: 'number',
    heads: (count: string, fields: string, blocks: string) =>
      `${count} heads hold ${fields} bytes of names and values, in ${blocks} bytes of HPACK (RFC 7541).`,
    scope:
      'Above, heads are these HPACK bytes alone, and framing is all that is neither they nor content: frame headers, settings, windows. The set-up of HTTP/2 is its preface and its SETTINGS.',
  },
  counts: {
    connections: 'TCP connections',
    exchanges: 'Requests',
    messages: 'Messages and events',
    each: 'Bytes per message, all of the above shared out',
    cacheHits: 'Not sent: loads answered by the browser’s cache',
    notModified: 'Not sent again: bodies behind a 304',
    saved: (count: string, octets: string) => `${count} (${octets} bytes)`,
  },
} as const;
