import { randomNumbers } from '#demo/random-numbers.ts';
import { CLIENTS, POLL_SECONDS } from './tiers.ts';

/** What a reader decides on the day half of the WebSocket tier is lost. */
export type Day = {
  /** Percent of the clients served that are on the fallback tier. */
  readonly share: number;
  /** Percent of all clients that are turned away. */
  readonly shed: number;
  /** Seconds that these are told to stay away: Retry-After. */
  readonly wait: number;
  /** Each is told another number, up to twice as long. */
  readonly spread: boolean;
};

/** What each tier has to carry then. */
export type Load = {
  readonly served: number;
  readonly waiting: number;
  readonly sockets: number;
  readonly pollers: number;
  /** Requests to the fallback tier in each second. */
  readonly requests: readonly number[];
  /** The most of them in one second. */
  readonly peak: number;
};

/** So many seconds are looked at, after the one in which everybody was told where to go. */
export const SECONDS = 300;
const SEED = 1;

/** Follows each client for five minutes. */
export function loadOf(day: Day, seed = SEED): Load {
  const waiting = Math.round((CLIENTS * day.shed) / 100);
  const served = CLIENTS - waiting;
  const pollers = Math.round((served * day.share) / 100);
  const requests = Array.from({ length: SECONDS }, () => 0);
  const ask = (second: number) => {
    requests[second] = (requests[second] ?? 0) + 1;
  };
  // Out of step with each other: in any second a fifth of them gets its update, and asks for the next.
  for (let client = 0; client < pollers; client += 1) {
    for (let at = client % POLL_SECONDS; at < SECONDS; at += POLL_SECONDS) ask(at);
  }
  // There is no more room when they come back: they are turned away again.
  const random = randomNumbers(seed);
  for (let client = 0; client < waiting; client += 1) {
    for (let at = toldToWait(day, random()); at <= SECONDS; at += toldToWait(day, random())) {
      ask(at - 1);
    }
  }
  return {
    served,
    waiting,
    sockets: served - pollers,
    pollers,
    requests,
    peak: Math.max(...requests),
  };
}

/** What the page notes of a run of the MODEL, for the challenge to judge. */
export function summaryOf(day: Day) {
  const { served, waiting, sockets, pollers, peak } = loadOf(day);
  return { by: 'MODEL', ...day, served, waiting, sockets, pollers, peak } as const;
}

/** Whole seconds, as in Retry-After (RFC 9110 §10.2.3); `random` is from 0 to 1. */
function toldToWait({ wait, spread }: Day, random: number): number {
  return spread ? wait + Math.floor(random * (wait + 1)) : wait;
}

/** Requests per second on average: the formula that stands beside the drawing. */
export function meanRequests({ pollers, waiting }: Load, { wait, spread }: Day): number {
  return pollers / POLL_SECONDS + waiting / (spread ? 1.5 * wait : wait);
}

/** Rounded down: 100 only if nothing is left. */
export const percentOf = (load: number, room: number): number => Math.floor((100 * load) / room);
