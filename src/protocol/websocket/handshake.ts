import { parseList } from '#protocol/fields/list.ts';
import { latin1FromOctets, octetsFromLatin1 } from '#protocol/octets.ts';
import {
  fieldLinesOf,
  fieldMembers,
  fieldValue,
  type RequestHead,
  type ResponseHead,
} from '#protocol/http/head.ts';
import { extensionAcceptanceViolations, extensionOfferViolations } from './extension-violations.ts';
import { sha1 } from './sha1.ts';
import { webSocketViolations, type WebSocketViolation } from './violation.ts';

/** RFC 6455 §1.3 chose it because no endpoint that doesn't know the protocol would send it. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** 16 octets in base64: the last digit before the padding has two bits of its own. */
const KEY = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Computes the value of `Sec-WebSocket-Accept` that answers a `Sec-WebSocket-Key`.
 * RFC 6455 §4.2.2, item 5.4.
 *
 * @throws RangeError for a key that holds anything above U+00FF.
 */
export function acceptForKey(key: string): string {
  return btoa(latin1FromOctets(sha1(octetsFromLatin1(key + GUID))));
}

/** Tells whether a request asks for WebSocket, legally or not. RFC 6455 §4.1. */
export function asksForWebSocket(request: RequestHead): boolean {
  return fieldMembers(request, 'upgrade').includes('websocket');
}

/**
 * Lists what a client's part of the opening handshake breaks. RFC 6455 §4.1, second list.
 *
 * @param isBrowser whether a browser sent it: those alone have to say their origin
 */
export function requestHandshakeViolations(
  request: RequestHead,
  { isBrowser = false }: { readonly isBrowser?: boolean } = {},
): WebSocketViolation[] {
  const keys = fieldLinesOf(request, 'sec-websocket-key');
  const [key] = keys;
  const versions = fieldLinesOf(request, 'sec-websocket-version');
  const subprotocols = subprotocolsOf(request);
  return [
    ...webSocketViolations({
      REQUEST_TARGET_WITH_FRAGMENT: request.requestTarget.includes('#'),
      METHOD_NOT_GET: request.method !== 'GET',
      HTTP_VERSION_TOO_LOW: request.httpVersion < 'HTTP/1.1',
      HOST_MISSING: fieldValue(request, 'host') === undefined,
      UPGRADE_NOT_WEBSOCKET: !asksForWebSocket(request),
      CONNECTION_WITHOUT_UPGRADE: !fieldMembers(request, 'connection').includes('upgrade'),
      KEY_MISSING: key === undefined,
      KEY_NOT_16_OCTETS: key !== undefined && !KEY.test(key.value),
      KEY_REPEATED: keys.length > 1,
      VERSION_NOT_13: versions[0]?.value !== '13',
      VERSION_REPEATED: versions.length > 1,
      ORIGIN_MISSING: isBrowser && fieldValue(request, 'origin') === undefined,
      SUBPROTOCOL_NOT_TOKEN: subprotocols.some((name) => !TOKEN.test(name)),
      SUBPROTOCOL_OFFERED_TWICE: new Set(subprotocols).size < subprotocols.length,
    }),
    ...extensionOfferViolations(request),
  ];
}

/** Lists what a server's part of the opening handshake breaks. RFC 6455 §4.1, last list. */
export function responseHandshakeViolations(
  request: RequestHead,
  response: ResponseHead,
): WebSocketViolation[] {
  if (response.statusCode !== 101) return refusalViolations(request, response);
  const accepts = fieldLinesOf(response, 'sec-websocket-accept');
  const [accept] = accepts;
  const subprotocol = fieldValue(response, 'sec-websocket-protocol');
  const offered = subprotocolsOf(request);
  const several = subprotocolsOf(response).length > 1;
  return [
    ...webSocketViolations({
      HTTP_VERSION_TOO_LOW: response.httpVersion < 'HTTP/1.1',
      UPGRADE_NOT_WEBSOCKET: fieldValue(response, 'upgrade')?.toLowerCase() !== 'websocket',
      CONNECTION_WITHOUT_UPGRADE: !fieldMembers(response, 'connection').includes('upgrade'),
      ACCEPT_MISSING: accept === undefined,
      ACCEPT_WRONG: accept !== undefined && accept.value !== expectedAccept(request),
      ACCEPT_REPEATED: accepts.length > 1,
      SUBPROTOCOL_REPEATED: several,
      SUBPROTOCOL_NOT_OFFERED:
        subprotocol !== undefined && !several && !offered.includes(subprotocol),
    }),
    ...extensionAcceptanceViolations(request, response),
  ];
}

/** RFC 6455 §4.4: who refuses a version says which ones it knows. */
function refusalViolations(request: RequestHead, response: ResponseHead): WebSocketViolation[] {
  const version = fieldValue(request, 'sec-websocket-version');
  const namesVersions = fieldValue(response, 'sec-websocket-version') !== undefined;
  return webSocketViolations({
    STATUS_CODE_NOT_101: true,
    VERSION_NOT_OFFERED_INSTEAD: version !== undefined && version !== '13' && !namesVersions,
  });
}

/** The accept value that answers this request; `undefined` when it brought no key. */
export function expectedAccept(request: RequestHead): string | undefined {
  const key = fieldValue(request, 'sec-websocket-key');
  return key === undefined ? undefined : acceptForKey(key);
}

/** Unlike `fieldMembers` this keeps case: subprotocols are compared octet by octet. */
function subprotocolsOf(head: RequestHead | ResponseHead): string[] {
  return parseList(fieldValue(head, 'sec-websocket-protocol'));
}
