/** What the demo server and a server process of its own say to each other, each in one direction. */

/** To a server process. */
export type Order =
  /** Listen; answer only requests that carry the key, for nobody else knows it. */
  | { readonly type: 'begin'; readonly name: string; readonly key: string }
  /** Finish what is under way, close each WebSocket with 1012, then end. */
  | { readonly type: 'drain' };

/** From a server process. */
export type Report =
  | { readonly type: 'listening'; readonly port: number }
  /** A client's message has been dealt with. */
  | { readonly type: 'done'; readonly client: number; readonly message: number };
