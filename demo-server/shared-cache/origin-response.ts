import type { IncomingMessage } from 'node:http';

import { parseEntityTag } from '#protocol/fields/entity-tag.ts';
import { currentAge } from '#protocol/http-cache/current-age.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideStorage, type StorageDecision } from '#protocol/http-cache/storage.ts';
import { decideFreshening } from '#protocol/http-cache/validation.ts';
import { headOf } from '#demo-server/boxes/proxy.ts';

import type { Asked } from './asked.ts';
import type { CacheParts } from './cache-parts.ts';
import { saidBy, saidOf, type Said } from './decision-words.ts';
import type { Landing } from './flights.ts';
import { whenInterrupted } from './silent-origin.ts';
import {
  combined,
  freshenedFields,
  nominated,
  storableFields,
  type Fields,
  type StoredEntry,
} from './stored-entry.ts';
import { hasAny, type Need } from './validation-request.ts';

type Land = (landing: Landing) => void;
type Kept = Pick<StoredEntry, 'statusCode' | 'reasonPhrase' | 'rawFields' | 'content'>;

/** A response of this many octets is passed on, and not kept. */
const MAX_CONTENT = 4 * 1024 * 1024;

/** An answer of the origin, and what it does to the store. */
export class OriginResponse {
  readonly #parts: CacheParts;
  readonly #asked: Asked;
  readonly #need: Need;
  readonly #requestTimeMs: number;
  readonly #incoming: IncomingMessage;

  constructor(
    parts: CacheParts,
    asked: Asked,
    need: Need,
    requestTimeMs: number,
    incoming: IncomingMessage,
  ) {
    this.#parts = parts;
    this.#asked = asked;
    this.#need = need;
    this.#requestTimeMs = requestTimeMs;
    this.#incoming = incoming;
  }

  /** Renews what a 304 is about, and returns it. RFC 9111 §4.3.4. */
  confirmed(validators: Fields): StoredEntry | undefined {
    if (this.#incoming.statusCode !== 304 || !hasAny(validators)) return undefined;
    const { found, variants } = this.#need;
    const [, , rawFields] = headOf(this.#incoming, this.#asked.context);
    const update = combined(rawFields);
    // Of several variants, a 304 without an entity tag says nothing of which one it means.
    const hasTag = parseEntityTag(update['etag'] ?? '') !== undefined;
    const candidates = found !== undefined ? [found] : hasTag ? variants : [];
    const stored = candidates.findLast((one) => decideFreshening(one, update).freshens);
    if (stored === undefined) return undefined;
    const raw = freshenedFields(stored.rawFields, rawFields, this.#parts.now());
    const freshened = { ...stored, rawFields: raw };
    const decision = this.#decideStorage(stored.statusCode, combined(raw));
    if (decision.store) return this.#put(freshened);
    // It answers this request, and by what its fields say now it is not to be stored.
    const { context, key } = this.#asked;
    this.#parts.store.remove(context.run, key, (one) => one === stored);
    context.note('cache-not-stored', { key, ...saidOf(decision) });
    return this.#entryOf(freshened);
  }

  /** Stores it once all of it has come, if it may be stored. RFC 9111 §3. */
  keep(land: Land): void {
    const incoming = this.#incoming;
    const { context, key } = this.#asked;
    const [statusCode, reasonPhrase, rawFields] = headOf(incoming, context);
    const decision = this.#decideStorage(statusCode, combined(rawFields));
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
    // Whoever waits for it would wait as long.
    whenInterrupted(incoming, () => incoming.destroy(new Error('silent')));
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
        const clock = this.clockOf(entry);
        context.note('cache-stored', { key, octets: length, ...saidOf(decision), ...clock });
        land('settled');
      }
    });
  }

  clockOf(entry: StoredEntry) {
    const age = Math.floor(currentAge(entry, this.#parts.now()).currentAge);
    return { age, lifetime: freshnessLifetime(entry, { isShared: true }).seconds };
  }

  #decideStorage(statusCode: number, fields: Fields): StorageDecision {
    const { fields: requestFields } = this.#asked;
    return decideStorage({ method: 'GET', requestFields, statusCode, fields }, { isShared: true });
  }

  #put(kept: Kept): StoredEntry {
    const { context, key, fields: asked } = this.#asked;
    const entry = this.#entryOf(kept);
    for (const evicted of this.#parts.store.put(context.run, key, entry, asked)) {
      context.note('cache-evicted', {
        key: evicted,
        words: 'The store was full; this was used longest ago.',
      });
    }
    return entry;
  }

  #entryOf(kept: Kept): StoredEntry {
    const { fields: asked } = this.#asked;
    const fields = combined(kept.rawFields);
    const requestFields = nominated(fields['vary'], asked);
    return {
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
  }
}

/** RFC 5861 §4: what stands for an origin that has failed. */
export const isError = (statusCode = 0) => [500, 502, 503, 504].includes(statusCode);

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = fields[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
