/**
 * Names a target URI to the store. RFC 9111 §2.
 *
 * Each part stands behind its length, so that no Host and target can be read as another pair. The
 * method is not in it: only responses to GET are stored.
 */
export function cacheKey(host: string, requestTarget: string): string {
  const name = host.toLowerCase();
  return `${String(name.length)}:${name}${String(requestTarget.length)}:${requestTarget}`;
}
