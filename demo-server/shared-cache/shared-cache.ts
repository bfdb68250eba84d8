import type { IncomingMessage } from 'node:http';

import { currentAge } from '#protocol/http-cache/current-age.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import { decideStorage, invalidates } from '#protocol/http-cache/storage.ts';
import type { BoxServer } from '#demo-server/box.ts';
import { forward, forwardUpgrade, headOf, passOn } from '#demo-server/boxes/proxy.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { bypassOf, readAsked, type Asked } from './asked.ts';
import { cacheKey } from './cache-key.ts';
import type { CacheParts } from './cache-parts.ts';
import { saidBy, saidOf, type Outcome, type Said } from './decision-words.ts';
import { Flights, type Landing } from './flights.ts';
import { OriginRequest } from './origin-request.ts';
import { ResponseStore } from './response-store.ts';
import { reuseResponse } from './reuse-response.ts';
import { SecondOpinion } from './second-opinion.ts';
import { silentOrigin, whenUnanswered } from './silent-origin.ts';
import { combined, freshenedFields, nominated, select, type StoredEntry } from './stored-entry.ts';
import type { Need } from './validation-request.ts';

/** What a shared cache is made of; all of it has a default. */
export type SharedCacheOptions = {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly store?: ResponseStore;
};

/**
 * Makes a shared cache that stands in the place of a box. RFC 9111.
 *
 * `src/protocol/http-cache` judges, as pure functions with a reason for each decision; here is what
 * a cache does about it. Every decision is a note of the box.
 */
export function createSharedCache(options: SharedCacheOptions = {}): BoxServer {
  const { now = () => Date.now(), store = new ResponseStore() } = options;
  const cache = new SharedCache({
    now,
    store,
    flights: new Flights(),
    secondOpinion: new SecondOpinion(now),
  });
  return {
    request: (request, response, context) => {
      cache.request(readAsked(request, response, context));
    },
    upgrade: (request, socket, head, context) => {
      context.note('cache-decision', { outcome: 'bypass', ...saidBy('UPGRADE') });
      forwardUpgrade(request, socket, head, context, {
        watch(outgoing, giveUp) {
          whenUnanswered(outgoing, () => {
            const { requestTarget } = context;
            context.note('origin-silent', { requestTarget, ...saidBy('UPGRADE_UNANSWERED') });
            giveUp(silentOrigin());
          });
        },
      });
    },
  };
}

/** Requests behind an answer at once: each takes a connection of its own. */
const MAX_BEHIND = 16;

class SharedCache {
  readonly #parts: CacheParts;
  /** Requests under way that no client waits for. */
  #behind = 0;

  constructor(parts: CacheParts) {
    this.#parts = parts;
  }

  request(asked: Asked): void {
    const bypass = bypassOf(asked);
    if (bypass !== undefined) this.#writeThrough(asked, bypass);
    else {
      this.#answer(asked).catch((error: unknown) => {
        answerError(asked.response, error);
      });
    }
  }

  /** Answers from the store, after waiting for somebody who is asking already, or asks the origin. */
  async #answer(asked: Asked): Promise<void> {
    const { flights, store, now } = this.#parts;
    const { context, key, fields, wanted } = asked;
    for (let waited: Landing | 'no' = 'no'; ;) {
      if (asked.response.destroyed) return;
      const variants = store.variants(context.run, key);
      const found = select(variants, fields);
      const decision =
        found && decideReuse(found, now(), { isShared: true, requestFields: fields });
      if (found && (decision?.reuse === 'fresh' || decision?.reuse === 'stale')) {
        const outcome =
          decision.reuse === 'stale' ? 'stale' : waited === 'settled' ? 'collapsed' : 'hit';
        this.#decided(asked, outcome, saidOf(decision, this.#ages(found)), found);
        reuseResponse(asked, found, now(), false);
        if (decision.reason === 'STALE_WHILE_REVALIDATE') this.#validateBehind(asked, found);
        return;
      }
      const why = decision
        ? saidOf(decision, this.#ages(found))
        : saidBy(variants.length > 0 ? 'NO_VARIANT' : 'NOTHING_STORED');
      if (wanted.has('only-if-cached')) {
        this.#decided(asked, 'miss', saidOf(onlyIfCached), found);
        throw new RequestError(
          504,
          'The request said only-if-cached, and nothing stored answers it.',
        );
      }
      // Who wants the origin asked gets no answer that was on its way before.
      const isForAll = !why.rule.startsWith('REQUEST_') && why.rule !== 'NO_CACHE';
      const name = flightName(asked, variants);
      const mayWait: boolean = isForAll && waited !== 'settled';
      const flight: Promise<Landing> | undefined = mayWait
        ? flights.of(context.run, name)
        : undefined;
      if (flight === undefined) {
        this.#ask(asked, { found, variants, why }, mayWait ? name : undefined);
        return;
      }
      context.note('cache-waits', { words: 'Somebody is asking the origin for this already.' });
      waited = await flight;
    }
  }

  #ask(asked: Asked, need: Need, flightName: string | undefined): void {
    const { found, why } = need;
    if (asked.method === 'HEAD') {
      this.#decided(asked, 'miss', why, found);
      this.#forward(asked, (incoming) => {
        if (incoming.statusCode === 200) this.#freshenByHead(asked, incoming, found);
      });
      return;
    }
    const land =
      flightName === undefined
        ? () => undefined
        : this.#parts.flights.begin(asked.context.run, flightName);
    const origin = new OriginRequest(this.#parts, asked, need);
    origin.answer(land, (outcome, said, entry) => {
      this.#decided(asked, outcome, said, entry);
    });
  }

  /** RFC 5861 §3: the answer is out; what is stored is brought up to date for the next one. */
  #validateBehind(asked: Asked, found: StoredEntry): void {
    const { flights, store } = this.#parts;
    const { run } = asked.context;
    const name = flightName(asked, store.variants(run, asked.key));
    if (flights.of(run, name) !== undefined || this.#behind >= MAX_BEHIND) return;
    const land = flights.begin(run, name);
    this.#behind += 1;
    const why = saidOf({
      reuse: 'stale',
      reason: 'STALE_WHILE_REVALIDATE',
      section: 'RFC 5861 §3',
    });
    const origin = new OriginRequest(this.#parts, asked, { found, variants: [found], why });
    origin.validate((landing) => {
      this.#behind -= 1;
      land(landing);
    });
  }

  /** What may change something, or is not ours to judge. RFC 9111 §4 and §4.4. */
  #writeThrough(asked: Asked, why: Said): void {
    this.#decided(asked, 'bypass', why);
    this.#forward(asked, (incoming) => {
      if (invalidates(asked.method, incoming.statusCode ?? 0)) this.#invalidate(asked, incoming);
    });
  }

  /** Forwards what is not answered from the store, after a look at what comes back. */
  #forward(asked: Asked, look: (incoming: IncomingMessage) => void): void {
    const { request, response, context } = asked;
    const outgoing = forward(request, response, context, {
      comeBack: (incoming) => {
        look(incoming);
        passOn(incoming, response, context);
      },
    });
    whenUnanswered(outgoing, () => {
      context.note('origin-silent', { key: asked.key, ...saidBy('SILENT') });
      answerError(response, silentOrigin());
      outgoing.destroy();
    });
  }

  #invalidate(asked: Asked, { headers }: IncomingMessage): void {
    const { context, fields } = asked;
    const host = fields['host'] ?? '';
    const named = [headers.location, headers['content-location']].flatMap((location) => {
      const target =
        location === undefined ? undefined : targetOn(host, location, context.requestTarget);
      return target === undefined ? [] : [cacheKey(host, target)];
    });
    for (const key of new Set([asked.key, ...named])) {
      const removed = this.#parts.store.remove(context.run, key);
      if (removed > 0)
        context.note('cache-invalidated', { key, removed, ...saidBy('INVALIDATED') });
    }
  }

  /** RFC 9111 §4.3.5: what a GET stored is renewed by an answer to HEAD, or found out of date. */
  #freshenByHead(asked: Asked, incoming: IncomingMessage, found: StoredEntry | undefined): void {
    if (found === undefined) return;
    const { store, now } = this.#parts;
    const { context, key } = asked;
    const [, , rawFields] = headOf(incoming, context);
    const fields = combined(rawFields);
    const isSame = (['etag', 'last-modified', 'content-length'] as const).every(
      (name) =>
        fields[name] === undefined ||
        fields[name] === (found.fields[name] ?? lengthOf(found, name)),
    );
    if (!isSame) {
      store.remove(context.run, key, (entry) => entry === found);
      context.note('cache-invalidated', { key, removed: 1, ...saidBy('HEAD_SAYS_CHANGED') });
      return;
    }
    const raw = freshenedFields(found.rawFields, rawFields, now());
    const decision = decideStorage(
      { ...found, method: 'GET', requestFields: asked.fields, fields: combined(raw) },
      { isShared: true },
    );
    if (!decision.store) {
      store.remove(context.run, key, (entry) => entry === found);
      context.note('cache-not-stored', { key, ...saidOf(decision) });
      return;
    }
    const times = { requestTimeMs: now(), responseTimeMs: now() };
    const freshened = { ...found, ...times, rawFields: raw, fields: combined(raw) };
    const requestFields = nominated(freshened.fields['vary'], asked.fields);
    const policy = this.#parts.secondOpinion.policyFor({ ...freshened, requestFields });
    store.put(context.run, key, { ...freshened, requestFields, policy }, asked.fields);
  }

  #ages(entry: StoredEntry | undefined) {
    if (entry === undefined) return {};
    const age = currentAge(entry, this.#parts.now()).currentAge;
    return { age, lifetime: freshnessLifetime(entry, { isShared: true }) };
  }

  #decided(asked: Asked, outcome: Outcome, said: Said, entry?: StoredEntry): void {
    const { age, lifetime } = this.#ages(entry);
    asked.context.note('cache-decision', {
      outcome,
      ...said,
      key: asked.key,
      ...(age !== undefined && { age: Math.floor(age), lifetime: lifetime?.seconds }),
      ...this.#otherOpinion(asked, outcome, entry),
    });
  }

  #otherOpinion({ fields }: Asked, outcome: Outcome, entry: StoredEntry | undefined) {
    const isAnswered = outcome === 'hit' || outcome === 'stale' || outcome === 'collapsed';
    if (entry === undefined || outcome === 'revalidated') return {};
    const would = this.#parts.secondOpinion.wouldAnswer(entry.policy, fields);
    if (would === isAnswered) return {};
    return { library: `http-cache-semantics would ${would ? 'answer unasked' : 'ask the origin'}` };
  }
}

const onlyIfCached = {
  reuse: 'never',
  reason: 'ONLY_IF_CACHED',
  section: 'RFC 9111 §5.2.1.7',
} as const;

const lengthOf = ({ content }: StoredEntry, name: string) =>
  name === 'content-length' ? String(content.length) : undefined;

/** One flight for requests that would choose the same response, as far as is known before. */
function flightName({ key, fields }: Asked, variants: readonly StoredEntry[]): string {
  const vary = variants.at(-1)?.fields['vary'];
  return `${key}${JSON.stringify(Object.entries(nominated(vary, fields)).sort())}`;
}

/** The request target of a reference, if it is on the same origin: others must be left alone. */
function targetOn(host: string, reference: string, base: string): string | undefined {
  const url = URL.parse(reference, `http://${host}${base}`);
  return url?.origin === URL.parse(`http://${host}`)?.origin
    ? `${url?.pathname ?? ''}${url?.search ?? ''}`
    : undefined;
}
