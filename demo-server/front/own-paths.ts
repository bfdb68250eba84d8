const OWN_PATH = /^\/(?:live|runs)(?:[/?]|$)|^\/version\.json(?:\?|$)/;

/** Says whether a request target is the demo server's, rather than a page or file of the site. */
export function isOwnPath(requestTarget: string | undefined): boolean {
  return OWN_PATH.test(requestTarget ?? '');
}
