import type { Extension } from './extensions.ts';
import type { WebSocketViolationCode } from './violation.ts';

/** Registered name of the extension. RFC 7692 §9.1. */
export const PERMESSAGE_DEFLATE = 'permessage-deflate';

/** What an offer or an acceptance of permessage-deflate says. RFC 7692 §7.1. */
export type DeflateParameters = {
  readonly serverNoContextTakeover: boolean;
  readonly clientNoContextTakeover: boolean;
  /** 8 to 15. */
  readonly serverMaxWindowBits?: number;
  /** 8 to 15; `true`, in an offer only, when the client leaves the number to the server. */
  readonly clientMaxWindowBits?: number | true;
};

type Parsed = {
  readonly parameters: DeflateParameters;
  readonly broken: readonly WebSocketViolationCode[];
};

const Names = new Set([
  'server_no_context_takeover',
  'client_no_context_takeover',
  'server_max_window_bits',
  'client_max_window_bits',
]);

/** RFC 7692 §7.1.2: a number from 8 to 15 without leading zeros. */
const WINDOW_BITS = /^(?:[89]|1[0-5])$/;

/** Reads the parameters of one element. What breaks a rule is named and otherwise left out. */
export function parseDeflateParameters({ parameters }: Extension, isOffer: boolean): Parsed {
  const broken = new Set<WebSocketViolationCode>();
  const values = new Map<string, string | true>();
  for (const [name, value] of parameters) {
    if (!Names.has(name)) broken.add('DEFLATE_PARAMETER_UNKNOWN');
    else if (values.has(name)) broken.add('DEFLATE_PARAMETER_REPEATED');
    else if (!mayHaveValue(name, value, isOffer)) broken.add('DEFLATE_PARAMETER_VALUE_INVALID');
    else values.set(name, value);
  }
  const server = values.get('server_max_window_bits');
  const client = values.get('client_max_window_bits');
  return {
    parameters: {
      serverNoContextTakeover: values.has('server_no_context_takeover'),
      clientNoContextTakeover: values.has('client_no_context_takeover'),
      ...(server !== undefined && { serverMaxWindowBits: Number(server) }),
      ...(client !== undefined && { clientMaxWindowBits: client === true || Number(client) }),
    },
    broken: [...broken],
  };
}

function mayHaveValue(name: string, value: string | true, isOffer: boolean): boolean {
  if (name.endsWith('_no_context_takeover')) return value === true;
  if (value === true) return isOffer && name === 'client_max_window_bits';
  return WINDOW_BITS.test(value);
}

/** Lists what an acceptance breaks of the one offer that it answers. RFC 7692 §7.1.1 and §7.1.2. */
export function acceptanceViolations(
  offer: DeflateParameters,
  acceptance: DeflateParameters,
): WebSocketViolationCode[] {
  const offeredServer = offer.serverMaxWindowBits ?? Infinity;
  const acceptedServer = acceptance.serverMaxWindowBits ?? 15;
  const offeredClient = offer.clientMaxWindowBits === true ? 15 : offer.clientMaxWindowBits;
  const acceptedClient = acceptance.clientMaxWindowBits;
  const broken: [boolean, WebSocketViolationCode][] = [
    [
      offer.serverNoContextTakeover && !acceptance.serverNoContextTakeover,
      'SERVER_NO_CONTEXT_TAKEOVER_IGNORED',
    ],
    [
      offer.serverMaxWindowBits !== undefined &&
        (acceptance.serverMaxWindowBits === undefined || acceptedServer > offeredServer),
      'SERVER_MAX_WINDOW_BITS_IGNORED',
    ],
    [
      acceptedClient !== undefined && offeredClient === undefined,
      'CLIENT_MAX_WINDOW_BITS_NOT_OFFERED',
    ],
    [
      typeof acceptedClient === 'number' &&
        offeredClient !== undefined &&
        acceptedClient > offeredClient,
      'CLIENT_MAX_WINDOW_BITS_TOO_LARGE',
    ],
  ];
  return broken.filter(([is]) => is).map(([, code]) => code);
}
