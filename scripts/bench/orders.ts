/** What the bench asks of its own processes over IPC, one answer per order. */
export type Orders = {
  /** Every process of ours: what it has used. Collects garbage first if it was started to be able to. */
  usage: { readonly order: Record<string, never>; readonly answer: Usage };
  /** The load: opens connections and keeps them. */
  open: { readonly order: OpenOrder; readonly answer: null };
  /** The load: works on a group of connections for a while, until all is answered. */
  window: { readonly order: WindowOrder; readonly answer: Load };
  close: { readonly order: { readonly group: string }; readonly answer: null };
  /** The watcher: attaches to wire channels. */
  watch: { readonly order: { readonly urls: readonly string[] }; readonly answer: null };
  /** The watcher: what has come. */
  watched: { readonly order: Record<string, never>; readonly answer: Watched };
  /** The flood's server: sends frames to the page that came last, until they are out. */
  flood: {
    readonly order: { readonly perSecond: number; readonly ms: number };
    readonly answer: { readonly frames: number };
  };
  /** A tapped target: empties the rings of its runs. */
  forget: { readonly order: Record<string, never>; readonly answer: null };
};

export type Usage = {
  readonly cpuSeconds: number;
  readonly heap: number;
  readonly resident: number;
};

export type OpenOrder = {
  readonly group: string;
  /** `exchange`: each connection asks and is answered. `fan-out`: one asks, all get the answer. */
  readonly pattern: 'exchange' | 'fan-out';
  /** Taken in turn: `ws://…` or `http://…`. */
  readonly urls: readonly string[];
  readonly connections: number;
  /** Of a WebSocket message, in octets. */
  readonly payloadLength: number;
};

export type WindowOrder = {
  readonly group: string;
  /** Per connection. */
  readonly inFlight: number;
  readonly ms: number;
};

export type Load = { readonly operations: number; readonly wallSeconds: number };

export type Watched = { readonly events: number; readonly dropped: number };

export type OrderName = keyof Orders;

/** An order on its way; the answer carries its id. */
export type Message = { readonly id: number; readonly name: OrderName; readonly order: unknown };
export type Reply = { readonly id: number; readonly answer?: unknown; readonly error?: string };

type Handlers = {
  readonly [Name in OrderName]?: (
    order: Orders[Name]['order'],
  ) => Orders[Name]['answer'] | Promise<Orders[Name]['answer']>;
};

/** Answers orders from the bench, and ends this process when the bench is gone. */
export function answerOrders(handlers: Handlers): void {
  process.on('message', (message: Message) => {
    const handle = handlers[message.name] as ((order: unknown) => unknown) | undefined;
    if (handle !== undefined) void reply(message, handle);
  });
  process.on('disconnect', () => process.exit());
}

async function reply({ id, order }: Message, handle: (order: unknown) => unknown): Promise<void> {
  try {
    process.send?.({ id, answer: await handle(order) } satisfies Reply);
  } catch (error) {
    process.send?.({ id, error: (error as Error).message } satisfies Reply);
  }
}
