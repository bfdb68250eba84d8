/** The hosts and origins under which this server may be addressed: a fixed set, never a pattern. */
export type Addresses = {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
};

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Builds the set for a server on loopback. Browsers leave the default port of http out of both. */
export function loopbackAddresses(port: number): Addresses {
  const hosts = loopbackNames.map((name) => (port === 80 ? name : `${name}:${String(port)}`));
  return { hosts: new Set(hosts), origins: new Set(hosts.map((host) => `http://${host}`)) };
}
