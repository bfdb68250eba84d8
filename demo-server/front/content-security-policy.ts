const directives = [
  "default-src 'none'",
  // Pagefind's search index is WebAssembly.
  "script-src 'self' 'wasm-unsafe-eval'",
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

/** The policy for a page's `<meta>`, where `frame-ancestors` would be ignored. */
export const contentSecurityPolicy = directives.join('; ');

/** The policy as the demo server sends it, which also keeps every page out of frames. */
export const contentSecurityPolicyField = [...directives, "frame-ancestors 'none'"].join('; ');

/** The policy of a page that is made to be framed: the same, but for who may frame it. */
export const embedSecurityPolicyField = [...directives, 'frame-ancestors *'].join('; ');
