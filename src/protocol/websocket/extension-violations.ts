import { fieldLinesOf, type RequestHead, type ResponseHead } from '#protocol/http/head.ts';
import {
  acceptanceViolations,
  parseDeflateParameters,
  PERMESSAGE_DEFLATE,
} from './deflate-parameters.ts';
import { extensionsOf, type Extension } from './extensions.ts';
import {
  webSocketViolation,
  webSocketViolations,
  type WebSocketViolation,
  type WebSocketViolationCode,
} from './violation.ts';

/** Lists what the extensions that a client offers break. RFC 6455 §9.1, RFC 7692 §7.1. */
export function extensionOfferViolations(request: RequestHead): WebSocketViolation[] {
  const offers = extensionsOf(request);
  if (offers === undefined) return [webSocketViolation('EXTENSIONS_MALFORMED')];
  return named(
    offers.filter(isDeflate).flatMap((offer) => parseDeflateParameters(offer, true).broken),
  );
}

/** Lists what the extensions that a server accepts break. RFC 6455 §4.1 and §9.1, RFC 7692 §7.1. */
export function extensionAcceptanceViolations(
  request: RequestHead,
  response: ResponseHead,
): WebSocketViolation[] {
  const offers = extensionsOf(request) ?? [];
  const accepted = extensionsOf(response);
  if (accepted === undefined) return [webSocketViolation('EXTENSIONS_MALFORMED')];
  const names = offers.map(({ name }) => name);
  const deflates = accepted.filter(isDeflate);
  return [
    ...webSocketViolations({
      EXTENSIONS_REPEATED: fieldLinesOf(response, 'sec-websocket-extensions').length > 1,
      EXTENSION_NOT_OFFERED: accepted.some(({ name }) => !names.includes(name)),
      RSV1_CLAIMED_TWICE: deflates.length > 1,
    }),
    ...named(deflates.flatMap((one) => deflateViolations(offers.filter(isDeflate), one))),
  ];
}

/** An acceptance does not say which offer it answers: it is held against the one that fits best. */
function deflateViolations(
  offers: readonly Extension[],
  accepted: Extension,
): readonly WebSocketViolationCode[] {
  const { parameters, broken } = parseDeflateParameters(accepted, false);
  const [best = []] = offers
    .map((offer) =>
      acceptanceViolations(parseDeflateParameters(offer, true).parameters, parameters),
    )
    .sort((a, b) => a.length - b.length);
  return [...broken, ...best];
}

function isDeflate({ name }: Extension): boolean {
  return name === PERMESSAGE_DEFLATE;
}

function named(codes: readonly WebSocketViolationCode[]): WebSocketViolation[] {
  return [...new Set(codes)].map((code) => webSocketViolation(code));
}
