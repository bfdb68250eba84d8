import { parseList } from './list.ts';

/** Fields that concern one connection even if `Connection` does not name them. RFC 9110 §7.6.1. */
const AlwaysHopByHop = [
  'connection',
  'proxy-connection',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
];

/** Parses `Connection`: options and names of fields, in lower case. RFC 9110 §7.6.1. */
export function parseConnection(fieldValue: string | undefined): string[] {
  return parseList(fieldValue).map((member) => member.toLowerCase());
}

/** Names of the fields that an intermediary takes off before it forwards. RFC 9110 §7.6.1. */
export function hopByHopFields(connection: string | undefined): ReadonlySet<string> {
  return new Set([...AlwaysHopByHop, ...parseConnection(connection)]);
}
