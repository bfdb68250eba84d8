/** Which of the four forms a request target has. RFC 9112 §3.2. */
export type RequestTargetForm = 'origin' | 'absolute' | 'authority' | 'asterisk';

/** What RFC 3986 lets stand in a path and query, percent signs only before two digits. */
const PATH_AND_QUERY = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*$/;

/** RFC 9110 §7.2: a host, maybe empty, and maybe a port. RFC 3986 §3.2.2 and §3.2.3. */
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::\d*)?$/;

/**
 * Tells the form of a request target, which depends on the method.
 *
 * @returns `undefined` when it has none of the forms, or one that the method may not have.
 */
export function requestTargetForm(
  method: string,
  requestTarget: string,
): RequestTargetForm | undefined {
  if (method === 'CONNECT') {
    return isHost(requestTarget) && /:\d+$/.test(requestTarget) ? 'authority' : undefined;
  }
  if (requestTarget === '*') return method === 'OPTIONS' ? 'asterisk' : undefined;
  const [, rest] = /^[A-Za-z][A-Za-z0-9+\-.]*:(.*)$/s.exec(requestTarget) ?? [];
  if (requestTarget.startsWith('/')) return isPathAndQuery(requestTarget) ? 'origin' : undefined;
  return rest !== undefined && isPathAndQuery(rest.replaceAll(/[[\]]/g, ''))
    ? 'absolute'
    : undefined;
}

/** Tells whether text can be the value of `Host`. RFC 9110 §7.2. */
export function isHost(text: string): boolean {
  return HOST.test(text);
}

function isPathAndQuery(text: string): boolean {
  return PATH_AND_QUERY.test(text);
}
