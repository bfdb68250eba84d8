const EMBED_TARGET = /^\/embed\/[a-z][a-z0-9-]*\/(?:\?|$)/;

/**
 * Says whether a request target is a bench alone, for slides and other sites: the only pages that
 * anyone may frame. Exactly as published, so that no other spelling of another address passes.
 */
export function isEmbedTarget(requestTarget: string | undefined): boolean {
  return EMBED_TARGET.test(requestTarget ?? '');
}
