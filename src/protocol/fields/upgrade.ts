import { parseList } from './list.ts';

/** A protocol that is asked for, or switched to. RFC 9110 §7.8. */
export type UpgradeProtocol = { readonly name: string; readonly version?: string };

const PROTOCOL = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)(?:\/([!#$%&'*+\-.^_`|~0-9A-Za-z]+))?$/;

/**
 * Parses `Upgrade`, most wanted first. Names are compared without regard to case.
 *
 * @returns `undefined` when a member is no protocol.
 */
export function parseUpgrade(fieldValue: string): UpgradeProtocol[] | undefined {
  const protocols: UpgradeProtocol[] = [];
  for (const member of parseList(fieldValue)) {
    const [, name, version] = PROTOCOL.exec(member) ?? [];
    if (name === undefined) return undefined;
    protocols.push({ name, ...(version !== undefined && { version }) });
  }
  return protocols;
}
