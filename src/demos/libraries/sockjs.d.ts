/** Set by the script that `sockjs-client` has for browsers; the package's own entry asks for Node's `global`. */
declare const SockJS: new (
  address: string,
  reserved: undefined,
  options: { readonly transports: readonly string[] },
) => WebSocket & { readonly transport: string };
