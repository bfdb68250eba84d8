import { Upstream } from '#demo-server/boxes/upstream.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';

import type { ErrandPlace } from './robot.ts';

/** What many robots read at once, each on a connection of its own. */
export type Reading = {
  /** Below the demo's `readers/`, for example `score` or `log?offset=41`. */
  readonly path: string;
  readonly robots: number;
  readonly via: 'direct' | 'shared-cache';
};

/** What they got, in short: the octets themselves are on the wire channel. */
export type ReadingReport = {
  /** How many got which status code; `0` is no answer. */
  readonly statusCodes: Readonly<Record<string, number>>;
  /** How many answers carried `Age`: they came out of a cache. */
  readonly aged: number;
  readonly octets: number;
};

/** Of one reading, and of all readings under way. */
export const MAX_READERS = 200;
/** A long poll may take a while. */
const MAX_READING_MS = 30_000;
const PATH = /^[\w-]{1,40}(?:\?[\w=&-]{0,60})?$/;

/** What a demo serves to readers, straight or through a shared cache. */
const READER_TARGET =
  /^\/live\/[^/?]+\/[^/?]+\/(?:via\/shared-cache\/)?readers\/[\w-]+(?:\?[\w=&-]*)?$/;

/** Says whether a robot may read this: only what stands below a demo's `readers/`. */
export function isReaderTarget(requestTarget: string | undefined): boolean {
  return READER_TARGET.test(requestTarget ?? '');
}

/** @throws RequestError 400 for anything but a path below `readers/`, a number and a way. */
export function parseReading({ path, robots, via = 'direct' }: JsonObject): Reading {
  if (typeof path !== 'string' || !PATH.test(path)) {
    throw new RequestError(400, 'Send path as a name below readers/, such as "score".');
  }
  if (
    typeof robots !== 'number' ||
    !Number.isInteger(robots) ||
    robots < 1 ||
    robots > MAX_READERS
  ) {
    throw new RequestError(400, `Send robots from 1 to ${String(MAX_READERS)}.`);
  }
  if (via !== 'direct' && via !== 'shared-cache') {
    throw new RequestError(400, 'Send via as "direct" or "shared-cache".');
  }
  return { path, robots, via };
}

/** Lets many robots read the same at once, and tells what they got when all are back. */
export async function runReading(
  { path, robots, via }: Reading,
  place: ErrandPlace,
  recall: AbortSignal,
): Promise<ReadingReport> {
  const way = via === 'direct' ? '' : 'via/shared-cache/';
  const target = `/live/${place.run}/${place.demo}/${way}readers/${path}`;
  const one = () => readOnce(target, place, recall);
  const answers = await Promise.all(Array.from({ length: robots }, one));
  const statusCodes: Record<string, number> = {};
  for (const { statusCode } of answers) {
    statusCodes[statusCode] = (statusCodes[statusCode] ?? 0) + 1;
  }
  return {
    statusCodes,
    aged: answers.filter(({ isAged }) => isAged).length,
    octets: answers.reduce((sum, { octets }) => sum + octets, 0),
  };
}

type Answer = { readonly statusCode: number; readonly isAged: boolean; readonly octets: number };

function readOnce(target: string, place: ErrandPlace, recall: AbortSignal): Promise<Answer> {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const upstream = new Upstream(place.nextHop, { sender: 'ROBOT', hop: 0 });
  const end = (answer: Answer) => {
    clearTimeout(timer);
    recall.removeEventListener('abort', leave);
    upstream.destroy();
    resolve(answer);
  };
  const leave = () => {
    end({ statusCode: 0, isAged: false, octets: 0 });
  };
  const timer = setTimeout(leave, MAX_READING_MS);
  recall.addEventListener('abort', leave);
  const asking = upstream.request('GET', target, ['Host', place.host, 'Connection', 'close']);
  asking.once('response', (incoming) => {
    const { statusCode = 0, headers } = incoming;
    let octets = 0;
    incoming.on('data', (piece: Buffer) => (octets += piece.length));
    incoming.once('end', () => {
      end({ statusCode, isAged: headers.age !== undefined, octets });
    });
    incoming.once('error', leave);
  });
  asking.once('error', leave);
  asking.end();
  return promise;
}
