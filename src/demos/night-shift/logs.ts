/**
 * A MODEL of a shop's night: what its logs would say. A seed decides everything, the fault included; no
 * line of it was ever on a wire.
 */

import { randomNumbers } from '#demo/random-numbers.ts';

export const Servers = ['A', 'B', 'C', 'D'] as const;
export const Apps = ['4.0', '4.1', '4.2', '4.3'] as const;
export const Currencies = ['EUR', 'GBP', 'SEK', 'USD'] as const;

/** Which log of the night is looked at. */
export const LogNames = ['http', 'sockets', 'messages'] as const;
export type LogName = (typeof LogNames)[number];

/** A thing that happened, whatever protocol it came by. */
export type Entry = {
  /** Seconds since two o'clock. */
  readonly second: number;
  readonly user: number;
  readonly what: 'menu' | 'order';
  readonly server: string;
  readonly app: string;
  readonly currency: string;
  readonly status: number;
  readonly ms: number;
};

/** One line of a log; what a log does not say is absent. */
export type Line = { readonly text: string } & Partial<
  Pick<Entry, 'what' | 'server' | 'app' | 'currency'>
> & { readonly isFailed: boolean };

/** What is wrong that night: whose orders fail. */
export type Cause = {
  readonly field: 'server' | 'app' | 'currency';
  readonly value: string;
  /** What a server answers to them. RFC 9110 §15. */
  readonly status: number;
};

export const Causes: readonly Cause[] = [
  ...Servers.map((value) => ({ field: 'server', value, status: 502 }) as const),
  ...Apps.map((value) => ({ field: 'app', value, status: 400 }) as const),
  ...Currencies.map((value) => ({ field: 'currency', value, status: 422 }) as const),
];

export const NIGHT_SECONDS = 40 * 60;
const ENTRIES = 800;
/** One for each server, app and currency together. */
export const USERS = Servers.length * Apps.length * Currencies.length;
/** Of the orders that the fault is about, each so manieth fails. */
const FAULTY_EVERY = 7;
/** Of all: whoever reads a log has to tell a fault from bad luck. */
const UNLUCKY_SHARE = 0.004;

/** The fault of the night that a log is of. Each log has a night of its own. */
export function causeOf(seed: number, log: LogName): Cause {
  const random = randomNumbers(17 * seed + LogNames.indexOf(log));
  return pick(Causes, random);
}

/** What happened in the night that a log is of. */
export function nightOf(seed: number, log: LogName): readonly Entry[] {
  const cause = causeOf(seed, log);
  const random = randomNumbers(1000 + 17 * seed + LogNames.indexOf(log));
  const seconds = Array.from({ length: ENTRIES }, () => Math.floor(random() * NIGHT_SECONDS));
  let atFault = 0;
  return seconds
    .toSorted((one, other) => one - other)
    .map((second) => {
      const user = Math.floor(random() * USERS);
      const app = Apps[Math.floor(user / 4) % 4]!;
      const currency = Currencies[Math.floor(user / 16)]!;
      // A request goes to any server; a socket stays where it is.
      const server = log === 'http' ? pick(Servers, random) : Servers[user % 4]!;
      const what = random() < 0.4 ? 'menu' : 'order';
      const isMeant = what === 'order' && { app, currency, server }[cause.field] === cause.value;
      if (isMeant) atFault += 1;
      const isFaulty = isMeant && atFault % FAULTY_EVERY === 0;
      const status = isFaulty ? cause.status : random() < UNLUCKY_SHARE ? 409 : 200;
      const ms = 8 + random() * 60;
      return { second, user: user + 1, what, server, app, currency, status, ms };
    });
}

/** The lines of a log. */
export function linesOf(seed: number, log: LogName): readonly Line[] {
  const night = nightOf(seed, log);
  return log === 'http'
    ? night.map(requestLine)
    : log === 'messages'
      ? night.map(messageLine)
      : socketLines(night);
}

/** What an access log says of a request, without anybody having asked for it. */
function requestLine(entry: Entry): Line {
  const { second, what, server, app, currency, status, ms } = entry;
  const target = what === 'menu' ? `/menu?currency=${currency}` : `/orders?currency=${currency}`;
  const method = what === 'menu' ? 'GET' : 'POST';
  return {
    text: `${clock(second)} "${method} ${target}" ${status} ${ms.toFixed(0)} ms "shop-app/${app}" ${server}`,
    what,
    server,
    app,
    currency,
    isFailed: status >= 400,
  };
}

/** A line of the program's own, as structured as its author has made it. */
function messageLine({ second, user, what, server, app, currency, status, ms }: Entry): Line {
  const text = JSON.stringify({
    at: clock(second),
    server,
    socket: user,
    type: what,
    app,
    currency,
    code: status,
    ms: Math.round(ms),
  });
  return { text, what, server, app, currency, isFailed: status >= 400 };
}

/** What an access log says of a WebSocket: one line, when it is over. RFC 9110 §15.2.2. */
function socketLines(night: readonly Entry[]): readonly Line[] {
  const users = Map.groupBy(night, ({ user }) => user);
  return [...users]
    .map(([, [first]]) => first!)
    .map(({ app, server, second }) => ({
      text: `${clock(NIGHT_SECONDS)} "GET /live" 101 ${(NIGHT_SECONDS - second) * 1000} ms "shop-app/${app}" ${server}`,
      app,
      server,
      isFailed: false,
    }));
}

/** Which of the lines a reader wants to see; an empty text is any. */
export type Filter = Readonly<Record<'what' | 'server' | 'app' | 'currency' | 'outcome', string>>;

export const NO_FILTER: Filter = { what: '', server: '', app: '', currency: '', outcome: '' };

export function filtered(lines: readonly Line[], filter: Filter): readonly Line[] {
  return lines.filter(
    (line) =>
      (['what', 'server', 'app', 'currency'] as const).every(
        (field) => filter[field] === '' || line[field] === filter[field],
      ) &&
      (filter.outcome === '' || line.isFailed === (filter.outcome === 'failed')),
  );
}

function clock(second: number): string {
  const two = (count: number) => String(count).padStart(2, '0');
  return `02:${two(Math.floor(second / 60))}:${two(second % 60)}`;
}

function pick<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)]!;
}
