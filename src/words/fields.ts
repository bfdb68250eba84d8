/** What a header field is for, in one sentence, and where it is defined. */
export type FieldWords = { readonly sentence: string; readonly section: string };

const fetchMetadata = 'W3C Fetch Metadata Request Headers';

/** By lower-case field name. */
export const fieldWords: Readonly<Record<string, FieldWords>> = {
  accept: { sentence: 'Which media types the client would like.', section: 'RFC 9110 §12.5.1' },
  'accept-encoding': {
    sentence: 'Which codings of the content the client can undo.',
    section: 'RFC 9110 §12.5.3',
  },
  'accept-language': {
    sentence: 'Which human languages the reader prefers, in order of weight.',
    section: 'RFC 9110 §12.5.4',
  },
  age: {
    sentence:
      'How many seconds ago, as a cache reckons, the origin made this answer or confirmed it.',
    section: 'RFC 9111 §5.1',
  },
  authorization: {
    sentence: 'Credentials; not stored here.',
    section: 'RFC 9110 §11.6.2',
  },
  'cache-control': {
    sentence: 'What caches may do with this message, as a list of directives.',
    section: 'RFC 9111 §5.2',
  },
  connection: {
    sentence: 'Options for this one connection; a proxy takes them off before it forwards.',
    section: 'RFC 9110 §7.6.1',
  },
  'content-encoding': {
    sentence: 'How the content was coded, so that the receiver can undo it.',
    section: 'RFC 9110 §8.4',
  },
  'content-length': {
    sentence: 'How many bytes of body follow the head.',
    section: 'RFC 9110 §8.6',
  },
  'content-type': { sentence: 'What the content is.', section: 'RFC 9110 §8.3' },
  cookie: {
    sentence:
      'What the server asked the browser to send back; cookies of others are not stored here.',
    section: 'RFC 6265 §4.2',
  },
  date: { sentence: 'When the message was made, to the second.', section: 'RFC 9110 §6.6.1' },
  etag: {
    sentence: 'A name for this version of the content; the client can ask whether it still holds.',
    section: 'RFC 9110 §8.8.3',
  },
  expires: {
    sentence: 'From when on the answer is stale, unless max-age says otherwise.',
    section: 'RFC 9111 §5.3',
  },
  host: {
    sentence: 'Which host is meant: one server may stand for many.',
    section: 'RFC 9110 §7.2',
  },
  'if-modified-since': {
    sentence: 'Send the content only if it has changed since then.',
    section: 'RFC 9110 §13.1.3',
  },
  'if-none-match': {
    sentence: 'Send the content only if none of these versions is the current one.',
    section: 'RFC 9110 §13.1.2',
  },
  'last-event-id': {
    sentence: 'The id of the last event that the client got: go on after it.',
    section: 'WHATWG HTML §9.2.4',
  },
  'last-modified': {
    sentence: 'When the content changed last, to the second.',
    section: 'RFC 9110 §8.8.2',
  },
  location: { sentence: 'Where to go on.', section: 'RFC 9110 §10.2.2' },
  origin: {
    sentence: 'Which site’s page asked; the browser says so, and a page can’t change it.',
    section: 'RFC 6454 §7',
  },
  pragma: {
    sentence: 'Cache-Control’s forerunner; only no-cache is known.',
    section: 'RFC 9111 §5.4',
  },
  referer: {
    sentence: 'The page that the request comes from (spelt so since 1996).',
    section: 'RFC 9110 §10.1.3',
  },
  'retry-after': { sentence: 'How long to wait before another try.', section: 'RFC 9110 §10.2.3' },
  'sec-fetch-dest': { sentence: 'What the answer is wanted for.', section: fetchMetadata },
  'sec-fetch-mode': { sentence: 'By which rules the browser asks.', section: fetchMetadata },
  'sec-fetch-site': {
    sentence: 'Whether the asking page is of the same site.',
    section: fetchMetadata,
  },
  'sec-websocket-accept': {
    sentence: 'Proves that the server has read the key and means WebSocket.',
    section: 'RFC 6455 §11.3.3',
  },
  'sec-websocket-extensions': {
    sentence: 'Extensions that the client offers, or that the server takes up.',
    section: 'RFC 6455 §11.3.2',
  },
  'sec-websocket-key': {
    sentence: '16 random bytes in base64, new for each handshake; no secret.',
    section: 'RFC 6455 §11.3.1',
  },
  'sec-websocket-protocol': {
    sentence: 'Subprotocols that the client offers, or the one that the server chose.',
    section: 'RFC 6455 §11.3.4',
  },
  'sec-websocket-version': {
    sentence: 'Which version of the protocol: 13 is that of RFC 6455.',
    section: 'RFC 6455 §11.3.5',
  },
  'set-cookie': {
    sentence: 'Asks the browser to send this back with later requests.',
    section: 'RFC 6265 §4.1',
  },
  'transfer-encoding': {
    sentence: 'How the body is framed on this connection: chunked says its length piece by piece.',
    section: 'RFC 9112 §6.1',
  },
  upgrade: {
    sentence: 'Which other protocol to speak from here on.',
    section: 'RFC 9110 §7.8',
  },
  'user-agent': {
    sentence: 'Which program asks; much of it is history.',
    section: 'RFC 9110 §10.1.5',
  },
  vary: {
    sentence: 'On which request fields the answer depends, so that caches keep them apart.',
    section: 'RFC 9110 §12.5.5',
  },
};
