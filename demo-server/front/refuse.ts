import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Addresses } from './addresses.ts';
import { cutOutOfTurn, endSocket, SECURITY_FIELDS } from './answers.ts';
import { refusalOf, type RequestFacts } from './guard.ts';

/** Answers a request that the guard does not let in; `true` if it did. */
export function refuseRequest(
  request: IncomingMessage,
  response: ServerResponse,
  addresses: Addresses,
  versions?: readonly string[],
): boolean {
  const refusal = refusalOf(request, 'request', addresses, versions);
  if (refusal === undefined) return false;
  response.writeHead(refusal.statusCode, {
    ...SECURITY_FIELDS,
    Connection: 'close',
    'Content-Length': 0,
  });
  response.end();
  return true;
}

/** Answers an upgrade that the guard does not let in, or cuts one out of turn; `true` if it did. */
export function refuseUpgrade(
  request: RequestFacts,
  socket: Duplex,
  addresses: Addresses,
): boolean {
  if (cutOutOfTurn(socket)) return true;
  const refusal = refusalOf(request, 'upgrade', addresses);
  if (refusal === undefined) return false;
  endSocket(socket, refusal.statusCode);
  return true;
}
