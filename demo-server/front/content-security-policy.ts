import { createHash } from 'node:crypto';

const directives = (scripts: readonly string[]) => [
  "default-src 'none'",
  // Pagefind's search index is WebAssembly.
  ["script-src 'self'", ...scripts, "'wasm-unsafe-eval'"].join(' '),
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
];

/** Names an inline script as a policy allows it: by what it says, to the letter. */
export function scriptSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/**
 * The policy for a page's `<meta>`, where `frame-ancestors` would be ignored.
 *
 * @param scripts the page's inline scripts, as {@link scriptSource} names them
 */
export function contentSecurityPolicy(scripts: readonly string[]): string {
  return directives(scripts).join('; ');
}

/** The policy as the demo server sends it, which also says who may frame the page. */
export function contentSecurityPolicyField(
  scripts: readonly string[],
  frameAncestors: "'none'" | '*',
): string {
  return [...directives(scripts), `frame-ancestors ${frameAncestors}`].join('; ');
}

/** Reads the inline scripts that a built page's own policy allows; of that policy, nothing else. */
export function allowedScripts(page: string): readonly string[] {
  const [, policy = ''] =
    /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
  return policy.match(/'sha256-[\w+/]{43}='/g) ?? [];
}
