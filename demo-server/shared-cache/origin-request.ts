import type { ClientRequest, IncomingMessage } from 'node:http';

import { currentAge } from '#protocol/http-cache/current-age.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import { decideStorage } from '#protocol/http-cache/storage.ts';
import { decideFreshening, validationFields } from '#protocol/http-cache/validation.ts';
import { forwardedFields, headOf } from '#demo-server/boxes/proxy.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import type { Asked } from './asked.ts';
import { saidBy, saidOf, type Outcome, type Said } from './decision-words.ts';
import type { Flights, Landing } from './flights.ts';
import type { ResponseStore } from './response-store.ts';
import { conditionHolds, ofContent, reuseResponse } from './reuse-response.ts';
import type { SecondOpinion } from './second-opinion.ts';
import {
  combined,
  freshenedFields,
  nominated,
  storableFields,
  without,
  type Fields,
  type StoredEntry,
} from './stored-entry.ts';

/** What all requests of a cache share. */
export type CacheParts = {
  readonly now: () => number;
  readonly store: ResponseStore;
  readonly flights: Flights;
  readonly secondOpinion: SecondOpinion;
};

/** What is stored, and why it does not do. */
export type Need = {
  readonly found: StoredEntry | undefined;
  readonly variants: readonly StoredEntry[];
  readonly why: Said;
};

type Land = (landing: Landing) => void;
type Decided = (outcome: Outcome, said: Said, entry?: StoredEntry) => void;

/** A response of this many octets is passed on, and not kept. */
const MAX_CONTENT = 4 * 1024 * 1024;
/** Of variants that do not match: each is one entity tag in If-None-Match. */
const MAX_TAGS = 16;

const conditions = new Set(['if-none-match', 'if-modified-since']);

/** One request to the origin on behalf of a client, and what its answer does to the store. */
export class OriginRequest {
  readonly #parts: CacheParts;
  readonly #asked: Asked;
  readonly #need: Need;
  #requestTimeMs = 0;

  constructor(parts: CacheParts, asked: Asked, need: Need) {
    this.#parts = parts;
    this.#asked = asked;
    this.#need = need;
  }

  /** Asks, and answers the client with what comes, or from the store. */
  answer(land: Land, decided: Decided, validators = this.#validators()): void {
    const { response } = this.#asked;
    const outgoing = this.#send(validators);
    let isAnswered = false;
    response.once('close', () => {
      if (!response.writableFinished) outgoing.destroy();
      // What is stored by now has landed before.
      land('lost');
    });
    outgoing.once('response', (incoming) => {
      isAnswered = true;
      const entry = this.#confirmed(incoming, validators);
      if (entry !== undefined) {
        incoming.resume();
        decided('revalidated', saidBy('NOT_MODIFIED'), entry);
        land('settled');
        reuseResponse(this.#asked, entry, this.#parts.now(), true);
      } else if (incoming.statusCode === 304 && hasAny(validators)) {
        // It is about none of ours, so it must not be used: ask again, for all of it. §4.3.4.
        incoming.resume();
        this.answer(land, decided, {});
      } else if (isError(incoming.statusCode) && this.#answersStale(decided)) {
        incoming.resume();
        land('settled');
      } else {
        const { found, why } = this.#need;
        const isNew = found !== undefined && !isError(incoming.statusCode);
        decided('miss', isNew ? saidBy('CHANGED') : why, found);
        this.#passOn(incoming, land, hasAny(validators));
      }
    });
    outgoing.once('error', () => {
      if (response.destroyed || isAnswered) return;
      isAnswered = true;
      if (!this.#answersStale(decided)) {
        decided('miss', saidBy('DISCONNECTED'), this.#need.found);
        answerError(response, this.#lost());
      }
      land('settled');
    });
    outgoing.end();
  }

  /** Asks for the store's sake alone, on a connection of its own: the client may be gone by now. */
  validate(landed: Land): void {
    const validators = this.#validators();
    const upstream = this.#asked.context.openUpstream();
    const outgoing = this.#send(validators, upstream);
    let isOver = false;
    const land = (landing: Landing) => {
      if (isOver) return;
      isOver = true;
      upstream.destroy();
      landed(landing);
    };
    outgoing.once('response', (incoming) => {
      const entry = this.#confirmed(incoming, validators);
      if (entry !== undefined) {
        this.#asked.context.note('cache-freshened', {
          key: this.#asked.key,
          ...saidBy('NOT_MODIFIED'),
          ...this.#clockOf(entry),
        });
        incoming.resume();
        land('settled');
      } else if (isError(incoming.statusCode) || incoming.statusCode === 304) {
        incoming.resume();
        land('settled');
      } else this.#keep(incoming, land);
    });
    outgoing.once('error', () => {
      land('settled');
    });
    outgoing.end();
  }

  #send(validators: Fields, upstream = this.#asked.context.upstream): ClientRequest {
    const { request, context } = this.#asked;
    const isOurs = hasAny(validators);
    const fields = forwardedFields(request, context);
    const all = isOurs
      ? [...without(fields, conditions), ...Object.entries(validators).flatMap(titled)]
      : fields;
    this.#requestTimeMs = this.#parts.now();
    return upstream.request('GET', context.requestTarget, all);
  }

  /** RFC 9111 §4.3.1: the tags of what is stored; of variants that do not match, all of them. */
  #validators(): Fields {
    const { found, variants } = this.#need;
    if (found !== undefined) return validationFields(found);
    const tags = variants.flatMap(({ fields: { etag } }) => (etag === undefined ? [] : [etag]));
    if (tags.length === 0) return {};
    return { 'if-none-match': [...new Set(tags.slice(-MAX_TAGS))].join(', ') };
  }

  /** Renews what a 304 is about, and returns it. RFC 9111 §4.3.4. */
  #confirmed(incoming: IncomingMessage, validators: Fields): StoredEntry | undefined {
    if (incoming.statusCode !== 304 || !hasAny(validators)) return undefined;
    const { found, variants } = this.#need;
    const [, , rawFields] = headOf(incoming, this.#asked.context);
    const update = combined(rawFields);
    // A 304 without a validator says nothing of which one it means, unless it can mean one only.
    const candidates =
      found !== undefined ? [found] : variants.filter(() => update['etag'] !== undefined);
    const stored = candidates.findLast((one) => decideFreshening(one, update).freshens);
    if (stored === undefined) return undefined;
    const raw = freshenedFields(stored.rawFields, rawFields, this.#parts.now());
    return this.#put({ ...stored, rawFields: raw });
  }

  /** RFC 5861 §4, and RFC 9111 §4.2.4 for what forbids it. */
  #answersStale(decided: Decided): boolean {
    const { found } = this.#need;
    const { fields } = this.#asked;
    if (found === undefined) return false;
    const options = { isShared: true, requestFields: fields, originFailed: true };
    const decision = decideReuse(found, this.#parts.now(), options);
    if (decision.reuse !== 'stale') return false;
    decided('stale', saidOf(decision), found);
    reuseResponse(this.#asked, found, this.#parts.now(), false);
    return true;
  }

  /** RFC 9111 §5.2.2.2: without an origin, 504 rather than what is stale. */
  #lost(): RequestError {
    return this.#need.found === undefined
      ? new RequestError(502, 'The origin ended the connection. Try again.')
      : new RequestError(504, 'The origin does not answer, and what is stored is stale.');
  }

  /** @param isOurs whether our own condition took the place of the client's, if it had one */
  #passOn(incoming: IncomingMessage, land: Land, isOurs: boolean): void {
    const { response, context, fields } = this.#asked;
    const [statusCode, reasonPhrase, rawFields] = headOf(incoming, context);
    const isHeld =
      isOurs && conditionHolds(fields, statusCode, combined(rawFields), this.#parts.now());
    if (isHeld) response.writeHead(304, 'Not Modified', without(rawFields, ofContent)).end();
    else {
      response.writeHead(statusCode, reasonPhrase, rawFields);
      response.flushHeaders();
      incoming.pipe(response);
    }
    incoming.once('error', () => {
      if (!isHeld) response.destroy();
    });
    this.#keep(incoming, land);
  }

  /** Stores a response once all of it has come, if it may be stored. RFC 9111 §3. */
  #keep(incoming: IncomingMessage, land: Land): void {
    const { context, fields: requestFields, key } = this.#asked;
    const [statusCode, reasonPhrase, rawFields] = headOf(incoming, context);
    const fields = combined(rawFields);
    const decision = decideStorage(
      { method: 'GET', requestFields, statusCode, fields },
      { isShared: true },
    );
    const drop = (said: Said) => {
      context.note('cache-not-stored', { key, ...said });
      land('settled');
    };
    if (!decision.store) {
      // A newer answer of the origin stands against what is stored for the same request.
      const { found } = this.#need;
      if (!isError(statusCode)) this.#parts.store.remove(context.run, key, (one) => one === found);
      drop(saidOf(decision));
      incoming.resume();
      return;
    }
    const pieces: Buffer[] = [];
    let length = 0;
    incoming.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= MAX_CONTENT) pieces.push(piece);
      else pieces.length = 0;
    });
    incoming.once('error', () => {
      drop(saidBy('INCOMPLETE'));
    });
    incoming.once('end', () => {
      if (!incoming.complete) drop(saidBy('INCOMPLETE'));
      else if (length > MAX_CONTENT) drop(saidBy('TOO_LARGE'));
      else {
        const raw = storableFields(rawFields, this.#parts.now());
        const content = Buffer.concat(pieces);
        const entry = this.#put({ statusCode, reasonPhrase, rawFields: raw, content });
        const clock = this.#clockOf(entry);
        context.note('cache-stored', { key, octets: length, ...saidOf(decision), ...clock });
        land('settled');
      }
    });
  }

  #clockOf(entry: StoredEntry) {
    const age = Math.floor(currentAge(entry, this.#parts.now()).currentAge);
    return { age, lifetime: freshnessLifetime(entry, { isShared: true }).seconds };
  }

  #put(
    kept: Pick<StoredEntry, 'statusCode' | 'reasonPhrase' | 'rawFields' | 'content'>,
  ): StoredEntry {
    const { context, key, fields: asked } = this.#asked;
    const fields = combined(kept.rawFields);
    const requestFields = nominated(fields['vary'], asked);
    const entry = {
      ...kept,
      fields,
      requestFields,
      requestTimeMs: this.#requestTimeMs,
      responseTimeMs: this.#parts.now(),
      policy: this.#parts.secondOpinion.policyFor({
        statusCode: kept.statusCode,
        fields,
        requestFields: { ...requestFields, ...pick(asked, ['authorization', 'cache-control']) },
      }),
    };
    for (const evicted of this.#parts.store.put(context.run, key, entry, asked)) {
      context.note('cache-evicted', {
        key: evicted,
        words: 'The store was full; this was used longest ago.',
      });
    }
    return entry;
  }
}

const isError = (statusCode = 0) => [500, 502, 503, 504].includes(statusCode);

const hasAny = (validators: Fields) => Object.keys(validators).length > 0;

/** `if-none-match` as origins are used to see it. */
const titled = ([name, value]: [string, string]) => [
  name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  value,
];

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
