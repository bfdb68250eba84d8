import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import CachePolicy from 'http-cache-semantics';
import { parseCacheControl } from '#protocol/http-cache/cache-control.ts';
import { currentAge } from '#protocol/http-cache/current-age.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import { decideStorage } from '#protocol/http-cache/storage.ts';
import { Random } from '#tests/support/random.ts';

type Fields = Readonly<Record<string, string>>;

/** A response that came at `NOW`, and a request that comes `residentSeconds` later. */
type Case = {
  readonly isShared: boolean;
  readonly method: string;
  readonly statusCode: number;
  readonly asked: Fields;
  readonly fields: Fields;
  readonly residentSeconds: number;
  readonly next: Fields;
};

const NOW = Date.UTC(2026, 10, 25, 12);
const dateAt = (seconds: number): string => new Date(NOW + seconds * 1000).toUTCString();
const ROUNDS = 20_000;

/** Each directive now and then, so that most cases have few and any two meet. */
function anyDirectives(random: Random, all: readonly string[]): Fields {
  const some = all.filter(() => random.integer(0, 9) === 0);
  return some.length === 0 ? {} : { 'cache-control': some.join(', ') };
}

function anyCase(random: Random): Case {
  const seldom = (): boolean => random.integer(0, 11) === 0;
  const seconds = (): number => random.pick([0, 5, 10, 60, 100]);
  return {
    isShared: random.boolean(),
    method: random.pick(['GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT']),
    statusCode: random.pick([200, 200, 200, 203, 204, 206, 301, 302, 404, 410, 418, 500, 503]),
    asked: {
      host: 'a',
      'accept-language': random.pick(['en', 'de']),
      ...(seldom() && { authorization: 'Basic Og==' }),
      ...(seldom() && { 'cache-control': 'no-store' }),
    },
    fields: {
      ...anyDirectives(random, [
        `max-age=${seconds()}`,
        `max-age=${seconds()}`,
        `s-maxage=${seconds()}`,
        `stale-while-revalidate=${seconds()}`,
        'max-age=soon',
        'max-age="10"',
        ...['public', 'private', 'private="x"', 'no-cache', 'no-cache="x"', 'no-store'],
        ...['must-revalidate', 'proxy-revalidate', 'must-understand', 'immutable'],
      ]),
      ...(random.boolean() && { date: dateAt(-seconds()) }),
      ...(seldom() && { age: String(seconds()) }),
      ...(seldom() && { expires: random.pick([dateAt(seconds()), dateAt(-5), '0']) }),
      ...(seldom() && { 'last-modified': dateAt(-1000) }),
      ...(seldom() && { vary: random.pick(['*', 'Accept-Language', 'accept-language, x']) }),
      ...(seldom() && { 'set-cookie': 'a=b' }),
      ...(seldom() && { pragma: 'no-cache' }),
    },
    residentSeconds: seconds(),
    next: {
      host: 'a',
      'accept-language': random.pick(['en', 'de']),
      ...(seldom() && { pragma: 'no-cache' }),
      ...anyDirectives(random, [
        `max-age=${seconds()}`,
        `min-fresh=${seconds()}`,
        `max-stale=${seconds()}`,
        ...['max-stale', 'no-cache', 'only-if-cached'],
      ]),
    },
  };
}

class TimedPolicy extends CachePolicy {
  static time = NOW;

  now(): number {
    return TimedPolicy.time;
  }
}

/** What each of us says of a case; `reuse` is about two that both store it. */
type Verdict = {
  readonly stores: boolean;
  readonly lifetime: number;
  readonly age: number;
  readonly reuses: boolean;
};

function byUs({
  isShared,
  method,
  statusCode,
  asked,
  fields,
  residentSeconds,
  next,
}: Case): Verdict {
  const response = {
    statusCode,
    fields,
    requestFields: asked,
    requestTimeMs: NOW,
    responseTimeMs: NOW,
  };
  const then = NOW + residentSeconds * 1000;
  const { store } = decideStorage(
    { method, requestFields: asked, statusCode, fields },
    { isShared },
  );
  const { reuse } = decideReuse(response, then, { isShared, requestFields: next });
  return {
    stores: store,
    lifetime: freshnessLifetime(response, { isShared }).seconds,
    age: currentAge(response, then).currentAge,
    reuses: reuse === 'fresh' || reuse === 'stale',
  };
}

function byLibrary(one: Case): Verdict {
  const { isShared, method, statusCode, asked, fields, residentSeconds, next } = one;
  TimedPolicy.time = NOW;
  const policy = new TimedPolicy(
    { method, url: '/', headers: { ...asked } },
    { status: statusCode, headers: { ...fields } },
    { shared: isShared },
  );
  TimedPolicy.time = NOW + residentSeconds * 1000;
  const { response } = policy.evaluateRequest({ method, url: '/', headers: { ...next } });
  return {
    stores: policy.storable(),
    lifetime: policy.maxAge(),
    age: policy.age(),
    reuses: response !== undefined,
  };
}

/** Why we differ from http-cache-semantics 4.3.0, with the rule that we go by. */
type Difference = {
  readonly why: string;
  readonly section: string;
  readonly when: (one: Case, ours: Verdict, theirs: Verdict) => boolean;
};

const has = (fields: Fields, name: string): boolean =>
  parseCacheControl(fields['cache-control']).has(name);
const argument = (fields: Fields, name: string): string | true | undefined =>
  parseCacheControl(fields['cache-control']).get(name);
const HEURISTIC = [200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501];
const UNDERSTOOD = [...HEURISTIC, 302, 303, 307];

const StorageDifferences: readonly Difference[] = [
  {
    why: 'It has a list of status codes that it stores; a cache may store any final one.',
    section: 'RFC 9111 §3',
    when: ({ statusCode }, ours) => ours.stores && !UNDERSTOOD.includes(statusCode),
  },
  {
    why: 'It does not know must-understand, which takes no-store’s place where the status is known.',
    section: 'RFC 9111 §5.2.2.3',
    when: ({ fields }, ours) =>
      ours.stores && has(fields, 'must-understand') && has(fields, 'no-store'),
  },
  {
    why: 'It does not know must-understand, which forbids what is stored by other leave.',
    section: 'RFC 9111 §5.2.2.3',
    when: ({ fields, statusCode }, ours) =>
      !ours.stores && has(fields, 'must-understand') && !HEURISTIC.includes(statusCode),
  },
  {
    why: 'It takes private with names of fields for private.',
    section: 'RFC 9111 §5.2.2.7',
    when: ({ isShared, fields }, ours) =>
      ours.stores && isShared && typeof argument(fields, 'private') === 'string',
  },
  {
    why: 'To it, private does not let a private cache store what nothing else lets it store.',
    section: 'RFC 9111 §3',
    when: ({ isShared, fields, statusCode }, ours) =>
      ours.stores && !isShared && has(fields, 'private') && !HEURISTIC.includes(statusCode),
  },
  {
    why: 'It stores answers to POST that say how long they last; ours is documented not to.',
    section: 'RFC 9110 §9.3.3',
    when: ({ method }, ours) => !ours.stores && method === 'POST',
  },
];

const LifetimeDifferences: readonly Difference[] = [
  {
    why: 'It keeps responses with Set-Cookie out of shared caches, on its own opinion.',
    section: 'RFC 9111 §7.3',
    when: ({ isShared, fields }, _, { lifetime }) =>
      isShared && 'set-cookie' in fields && lifetime === 0,
  },
  {
    why: 'It has proxy-revalidate, no-cache and Vary: * end the lifetime; to us they forbid reuse.',
    section: 'RFC 9111 §5.2.2',
    when: ({ isShared, fields }, _, { lifetime }) =>
      lifetime === 0 &&
      ((isShared && has(fields, 'proxy-revalidate')) ||
        has(fields, 'no-cache') ||
        fields['vary'] === '*'),
  },
  {
    why: 'It has Pragma: no-cache mean something in responses; it is only defined in requests.',
    section: 'RFC 9111 §5.4',
    when: ({ fields }, _, { lifetime }) =>
      lifetime === 0 && 'pragma' in fields && !('cache-control' in fields),
  },
  {
    why: 'It gives immutable a lifetime, a day in milliseconds taken for seconds; it gives none.',
    section: 'RFC 8246 §2',
    when: ({ fields }, ours, { lifetime }) =>
      has(fields, 'immutable') && lifetime === 86_400_000 && ours.lifetime < lifetime,
  },
  {
    why: 'It guesses a lifetime for every status code; only some are heuristically cacheable.',
    section: 'RFC 9110 §15.1',
    when: ({ statusCode, fields }, ours) =>
      ours.lifetime === 0 && 'last-modified' in fields && !HEURISTIC.includes(statusCode),
  },
  {
    why: 'Of a directive that stands twice it takes another one; both are allowed.',
    section: 'RFC 9111 §4.2.1',
    when: ({ fields }) => (fields['cache-control']?.split('max-age=').length ?? 0) > 2,
  },
];

const AgeDifferences: readonly Difference[] = [
  {
    why: 'It leaves out the apparent age, the time since Date.',
    section: 'RFC 9111 §4.2.3',
    when: ({ fields }, ours, theirs) => 'date' in fields && ours.age > theirs.age,
  },
];

const ReuseDifferences: readonly Difference[] = [
  {
    why: 'It asks again for must-revalidate however fresh the response is.',
    section: 'RFC 9111 §5.2.2.2',
    when: ({ fields }, { reuses, age, lifetime }) =>
      reuses && has(fields, 'must-revalidate') && age < lifetime,
  },
  {
    why: 'It asks again for proxy-revalidate however fresh the response is.',
    section: 'RFC 9111 §5.2.2.8',
    when: ({ isShared, fields }, { reuses, age, lifetime }) =>
      reuses && isShared && has(fields, 'proxy-revalidate') && age < lifetime,
  },
  {
    why: 'It takes no-cache with names of fields for no-cache.',
    section: 'RFC 9111 §5.2.2.4',
    when: ({ fields }, { reuses }) => reuses && typeof argument(fields, 'no-cache') === 'string',
  },
  {
    why: 'It heeds Pragma where Cache-Control is in the request too.',
    section: 'RFC 9111 §5.4',
    when: ({ next }, { reuses }) => reuses && 'pragma' in next && 'cache-control' in next,
  },
  {
    why: 'It has max-stale overrule no-cache, for which it has a lifetime of 0.',
    section: 'RFC 9111 §5.2.2.4',
    when: ({ fields, next }, { reuses }) =>
      !reuses &&
      argument(fields, 'no-cache') === true &&
      (has(next, 'max-stale') || has(fields, 'stale-while-revalidate')),
  },
  {
    why: 'It has max-stale and stale-while-revalidate overrule proxy-revalidate and s-maxage.',
    section: 'RFC 9111 §4.2.4',
    when: ({ isShared, fields }, { reuses }) =>
      !reuses && isShared && (has(fields, 'proxy-revalidate') || has(fields, 's-maxage')),
  },
  {
    why: 'It has max-age of the request bind although max-stale stands beside it.',
    section: 'RFC 9111 §5.2.1.1',
    when: ({ next }, { reuses }) => reuses && has(next, 'max-age') && has(next, 'max-stale'),
  },
  {
    why: 'It has stale-while-revalidate overrule max-age of the request.',
    section: 'RFC 9111 §5.2.1.1',
    when: ({ fields, next }, { reuses }) =>
      !reuses && has(fields, 'stale-while-revalidate') && has(next, 'max-age'),
  },
  {
    why: 'It has min-fresh bind a stale response that max-stale lets be used.',
    section: 'RFC 9111 §5.2.1.2',
    when: ({ next }, { reuses }) => reuses && has(next, 'min-fresh') && has(next, 'max-stale'),
  },
  {
    why: 'Of a directive that stands twice it takes the last one, we the first; both are allowed.',
    section: 'RFC 9111 §4.2.1',
    when: ({ next }) => (next['cache-control']?.split('max-stale').length ?? 0) > 2,
  },
  {
    why: '“No more than” so many seconds stale: it takes fewer only.',
    section: 'RFC 9111 §5.2.1.2',
    when: ({ fields, next }, { reuses, age, lifetime }) =>
      reuses &&
      [argument(next, 'max-stale'), argument(fields, 'stale-while-revalidate')].includes(
        String(age - lifetime),
      ),
  },
];

/** Case by case, whatever is not the same must have its reason, and each reason must be needed. */
class Explanation {
  readonly #differences: readonly Difference[];
  readonly #used = new Set<Difference>();
  same = 0;

  constructor(differences: readonly Difference[]) {
    this.#differences = differences;
  }

  add(isSame: boolean, one: Case, ours: Verdict, theirs: Verdict): void {
    if (isSame) {
      this.same++;
      return;
    }
    const reasons = this.#differences.filter(({ when }) => when(one, ours, theirs));
    assert.notEqual(reasons.length, 0, JSON.stringify({ one, ours, theirs }, undefined, 1));
    // One that explains a case alone is needed.
    if (reasons.length === 1) for (const reason of reasons) this.#used.add(reason);
  }

  assertAllUsed(): void {
    const idle = this.#differences.filter((one) => !this.#used.has(one));
    assert.deepEqual(
      idle.map(({ why }) => why),
      [],
    );
  }
}

function compare(
  differences: readonly Difference[],
  isSame: (ours: Verdict, theirs: Verdict) => boolean,
  concerns: (one: Case, ours: Verdict, theirs: Verdict) => boolean = () => true,
): Explanation {
  const random = new Random(9111);
  const explanation = new Explanation(differences);
  for (let round = 0; round < ROUNDS; round++) {
    const one = anyCase(random);
    const [ours, theirs] = [byUs(one), byLibrary(one)];
    if (concerns(one, ours, theirs)) explanation.add(isSame(ours, theirs), one, ours, theirs);
  }
  explanation.assertAllUsed();
  return explanation;
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6;
const bothStore = (_: Case, ours: Verdict, theirs: Verdict): boolean =>
  ours.stores && theirs.stores;

describe('our caching decisions beside http-cache-semantics 4.3.0', () => {
  it('store the same responses, but for reasons', () => {
    const { same } = compare(StorageDifferences, (ours, theirs) => ours.stores === theirs.stores);
    assert.ok(same > 0.7 * ROUNDS, String(same));
  });

  it('give what both store the same lifetime, but for reasons', () => {
    const isSame = (ours: Verdict, theirs: Verdict) => isClose(ours.lifetime, theirs.lifetime);
    assert.ok(compare(LifetimeDifferences, isSame, bothStore).same > 3000);
  });

  it('give it the same age, but for one reason', () => {
    const isSame = (ours: Verdict, theirs: Verdict) => isClose(ours.age, theirs.age);
    assert.ok(compare(AgeDifferences, isSame, bothStore).same > 3000);
  });

  it('reuse what both give the same lifetime and age, but for reasons', () => {
    const { same } = compare(
      ReuseDifferences,
      (ours, theirs) => ours.reuses === theirs.reuses,
      (one, ours, theirs) =>
        bothStore(one, ours, theirs) &&
        isClose(ours.age, theirs.age) &&
        (isClose(ours.lifetime, theirs.lifetime) ||
          has(one.fields, 'no-cache') ||
          (one.isShared && has(one.fields, 'proxy-revalidate'))),
    );
    assert.ok(same > 3000, String(same));
  });
});
