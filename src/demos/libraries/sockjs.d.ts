/** Built for browsers: the package's own entry asks for Node's `global`. */
declare module 'sockjs-client/dist/sockjs.min.js' {
  const SockJs: new (
    address: string,
    reserved: undefined,
    options: { readonly transports: readonly string[] },
  ) => WebSocket & { readonly transport: string };
  export default SockJs;
}
