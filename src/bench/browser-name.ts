/** Product tokens of a `User-Agent`, the telling ones first. RFC 9110 §10.1.5. */
const products: readonly (readonly [token: string, name: string])[] = [
  ['Firefox', 'Firefox'],
  ['Edg', 'Edge'],
  ['Chrome', 'Chromium'],
  ['Version', 'Safari'],
];

/** Names the browser behind a `User-Agent`, with its major version: `Chromium 156`. */
export function browserName(userAgent: string): string {
  for (const [token, name] of products) {
    const version = new RegExp(`${token}/(\\d+)`).exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return 'a browser';
}
