import type { CacheCase } from './cache-case.ts';

/** RFC 9111 §4, §4.1 and §4.2: what is used again. */
export const reuseCases: readonly CacheCase[] = [
  {
    id: 'private-and-public',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'of directives that conflict the more restrictive one counts',
    steps: [
      { origin: { fields: [['Cache-Control', 'public, private, max-age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'heuristic-203',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '203 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 203 },
        from: 'origin',
        statusCode: 203,
      },
      { statusCode: 203, from: 'store' },
    ],
  },
  {
    id: 'heuristic-204',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '204 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 204 },
        from: 'origin',
        statusCode: 204,
      },
      { statusCode: 204, from: 'store' },
    ],
  },
  {
    id: 'heuristic-301',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '301 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 301 },
        from: 'origin',
        statusCode: 301,
      },
      { statusCode: 301, from: 'store' },
    ],
  },
  {
    id: 'heuristic-308',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '308 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 308 },
        from: 'origin',
        statusCode: 308,
      },
      { statusCode: 308, from: 'store' },
    ],
  },
  {
    id: 'heuristic-404',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '404 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 404 },
        from: 'origin',
        statusCode: 404,
      },
      { statusCode: 404, from: 'store' },
    ],
  },
  {
    id: 'heuristic-405',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '405 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 405 },
        from: 'origin',
        statusCode: 405,
      },
      { statusCode: 405, from: 'store' },
    ],
  },
  {
    id: 'heuristic-410',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '410 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 410 },
        from: 'origin',
        statusCode: 410,
      },
      { statusCode: 410, from: 'store' },
    ],
  },
  {
    id: 'heuristic-414',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '414 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 414 },
        from: 'origin',
        statusCode: 414,
      },
      { statusCode: 414, from: 'store' },
    ],
  },
  {
    id: 'heuristic-501',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: '501 may be stored without explicit freshness',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 501 },
        from: 'origin',
        statusCode: 501,
      },
      { statusCode: 501, from: 'store' },
    ],
  },
  {
    id: 'fresh',
    section: 'RFC 9111 §4.2',
    kind: 'optimal',
    says: 'a fresh response is used without asking',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { after: 59, from: 'store' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'other-target',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'another target is another key, query and all',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { path: '?x=1', from: 'origin' },
      { path: '/x', from: 'origin' },
    ],
  },
  {
    id: 'other-host',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'another Host is another key',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        fields: [
          ['X-Forwarded-Host', 'evil.example'],
          ['X-Original-Url', '/other'],
        ],
        from: 'store',
      },
    ],
  },
  {
    id: 'head-from-get',
    section: 'RFC 9111 §4',
    kind: 'optimal',
    says: 'HEAD is answered from what a GET has stored',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'HEAD', from: 'store' },
    ],
  },
  {
    id: 'get-not-from-head',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'GET is not answered from an answer to HEAD',
    steps: [
      { method: 'HEAD', origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'age-generated',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'an answer from the store carries Age, whatever Age it came with',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Age', '5'],
          ],
        },
        from: 'origin',
      },
      { after: 10, answer: { age: '15' }, from: 'store' },
    ],
  },
  {
    id: 'age-zero',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'Age is there even when it is 0',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { answer: { age: '0' }, from: 'store' },
    ],
  },
  {
    id: 'write-through',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'an unsafe request is never answered from the store',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'POST', from: 'origin' },
    ],
  },
  {
    id: 'options-forwarded',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'OPTIONS is not answered from what a GET has stored',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'OPTIONS', from: 'origin' },
    ],
  },
  {
    id: 'most-recent',
    section: 'RFC 9111 §4',
    kind: 'required',
    says: 'of several that match, the one with the latest Date is used',
    steps: [
      {
        fields: [['A', '1']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=600'],
            ['Vary', 'A'],
          ],
          content: 'old',
        },
        from: 'origin',
      },
      {
        fields: [
          ['A', '2'],
          ['B', '1'],
        ],
        after: 2,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=600'],
            ['Vary', 'B'],
          ],
          content: 'new',
        },
        from: 'origin',
      },
      {
        fields: [
          ['A', '1'],
          ['B', '1'],
        ],
        from: 'store',
      },
    ],
  },
  {
    id: 'vary',
    section: 'RFC 9111 §4.1',
    kind: 'required',
    says: 'another value of a field in Vary is another variant',
    steps: [
      {
        fields: [['Accept-Language', 'en']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [['Accept-Language', 'de']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
    ],
  },
  {
    id: 'vary-several',
    section: 'RFC 9111 §4.1',
    kind: 'optimal',
    says: 'several variants are kept side by side',
    steps: [
      {
        fields: [['Accept-Language', 'de']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [['Accept-Language', 'en']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
          content: 'hello',
        },
        from: 'origin',
      },
      { fields: [['Accept-Language', 'en']], from: 'store' },
    ],
  },
  {
    id: 'vary-absent',
    section: 'RFC 9111 §4.1',
    kind: 'required',
    says: 'a field that was absent matches only where it is absent',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      { fields: [['Accept-Language', '']], from: 'origin' },
    ],
  },
  {
    id: 'vary-white-space',
    section: 'RFC 9111 §4.1',
    kind: 'optimal',
    says: 'white space around commas makes no difference',
    steps: [
      {
        fields: [['Accept-Language', 'en , de']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      { fields: [['Accept-Language', 'en,de']], from: 'store' },
    ],
  },
  {
    id: 'vary-lines',
    section: 'RFC 9111 §4.1',
    kind: 'optimal',
    says: 'one line or two make no difference',
    steps: [
      {
        fields: [
          ['Accept-Language', 'en'],
          ['Accept-Language', 'de'],
        ],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
          ],
        },
        from: 'origin',
      },
      { fields: [['Accept-Language', 'en, de']], from: 'store' },
    ],
  },
  {
    id: 'vary-case',
    section: 'RFC 9111 §4.1',
    kind: 'optimal',
    says: 'names in Vary are compared without regard to case',
    steps: [
      {
        fields: [['accept-language', 'en']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['vary', 'ACCEPT-LANGUAGE'],
          ],
        },
        from: 'origin',
      },
      { fields: [['ACCEPT-LANGUAGE', 'en']], from: 'store' },
    ],
  },
  {
    id: 'vary-anything',
    section: 'RFC 9111 §4.1',
    kind: 'required',
    says: 'Vary: * never matches',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', '*'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'vary-anything-member',
    section: 'RFC 9111 §4.1',
    kind: 'required',
    says: '* as a member of a list is * all the same',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'X, *'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'vary-two-lines',
    section: 'RFC 9111 §4.1',
    kind: 'required',
    says: 'Vary on two lines is one list',
    steps: [
      {
        fields: [['B', '1']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'A'],
            ['Vary', 'B'],
          ],
        },
        from: 'origin',
      },
      { fields: [['B', '2']], from: 'origin' },
    ],
  },
  {
    id: 'vary-tags',
    section: 'RFC 9111 §4.1',
    kind: 'optimal',
    says: 'for a variant that is not stored, the tags of the others are offered',
    steps: [
      {
        fields: [['A', '1']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'A'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [['A', '2']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'A'],
            ['ETag', '"a"'],
          ],
          statusCode: 304,
        },
        asked: { 'if-none-match': '"a"' },
        from: 'validated',
      },
      { fields: [['A', '2']], from: 'store' },
      { fields: [['A', '1']], from: 'store' },
    ],
  },
  {
    id: 'expires',
    section: 'RFC 9111 §4.2.1',
    kind: 'optimal',
    says: 'Expires less Date is the lifetime',
    steps: [
      { origin: { fields: [['Expires', '{date+60}']] }, from: 'origin' },
      { after: 59, from: 'store' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'expires-by-origin-clock',
    section: 'RFC 9111 §4.2.1',
    kind: 'optimal',
    says: 'Expires counts by the clock of the origin',
    steps: [
      {
        origin: {
          fields: [
            ['Date', '{date+3600}'],
            ['Expires', '{date+3660}'],
          ],
        },
        from: 'origin',
      },
      { after: 59, from: 'store' },
    ],
  },
  {
    id: 'no-heuristic-when-explicit',
    section: 'RFC 9111 §4.2.2',
    kind: 'required',
    says: 'no heuristic where there is an explicit lifetime',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 'heuristic',
    section: 'RFC 9111 §4.2.2',
    kind: 'optimal',
    says: 'a tenth of the time since Last-Modified, where nothing says how long',
    steps: [
      { origin: { fields: [['Last-Modified', '{date-600}']] }, from: 'origin' },
      { after: 59, from: 'store' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'no-heuristic-for-future',
    section: 'RFC 9111 §4.2.2',
    kind: 'chosen',
    says: 'Last-Modified in the future gives no lifetime',
    steps: [
      { origin: { fields: [['Last-Modified', '{date+600}']] }, from: 'origin' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'old-on-arrival',
    section: 'RFC 9111 §4.2.3',
    kind: 'required',
    says: 'Age counts from the request on',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Age', '58'],
          ],
        },
        from: 'origin',
      },
      { after: 1, from: 'store' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'old-by-date',
    section: 'RFC 9111 §4.2.3',
    kind: 'chosen',
    says: 'a Date in the past is an age too, from caches that send no Age',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Date', '{date-59}'],
          ],
        },
        from: 'origin',
      },
      { from: 'store' },
      { after: 1, from: 'origin' },
    ],
  },
  {
    id: 'stale',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'what is stale is not used unasked when nothing permits it',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 'stale-must-revalidate',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'must-revalidate takes back what max-stale and stale-while-revalidate permit',
    steps: [
      {
        origin: {
          fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=60, must-revalidate']],
        },
        from: 'origin',
      },
      { after: 3, fields: [['Cache-Control', 'max-stale']], from: 'origin' },
    ],
  },
  {
    id: 'error-must-revalidate',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'must-revalidate takes back what stale-if-error permits',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60, must-revalidate']] },
        from: 'origin',
      },
      { after: 3, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'origin' },
    ],
  },
  {
    id: 'stale-proxy-revalidate',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'proxy-revalidate takes back what max-stale and stale-while-revalidate permit',
    steps: [
      {
        origin: {
          fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=60, proxy-revalidate']],
        },
        from: 'origin',
      },
      { after: 3, fields: [['Cache-Control', 'max-stale']], from: 'origin' },
    ],
  },
  {
    id: 'error-proxy-revalidate',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'proxy-revalidate takes back what stale-if-error permits',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60, proxy-revalidate']] },
        from: 'origin',
      },
      { after: 3, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'origin' },
    ],
  },
  {
    id: 'stale-no-cache',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'no-cache takes back what max-stale and stale-while-revalidate permit',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=60, no-cache']] },
        from: 'origin',
      },
      { after: 3, fields: [['Cache-Control', 'max-stale']], from: 'origin' },
    ],
  },
  {
    id: 'error-no-cache',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 'no-cache takes back what stale-if-error permits',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60, no-cache']] },
        from: 'origin',
      },
      { after: 3, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'origin' },
    ],
  },
  {
    id: 'stale-s-maxage',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 's-maxage=1 takes back what max-stale and stale-while-revalidate permit',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=60, s-maxage=1']] },
        from: 'origin',
      },
      { after: 3, fields: [['Cache-Control', 'max-stale']], from: 'origin' },
    ],
  },
  {
    id: 'error-s-maxage',
    section: 'RFC 9111 §4.2.4',
    kind: 'required',
    says: 's-maxage=1 takes back what stale-if-error permits',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60, s-maxage=1']] },
        from: 'origin',
      },
      { after: 3, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'origin' },
    ],
  },
  {
    id: 'swr',
    section: 'RFC 5861 §3',
    kind: 'optimal',
    says: 'stale-while-revalidate: the stale response goes out, and the origin is asked behind it',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1, stale-while-revalidate=60'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60, stale-while-revalidate=60'],
            ['ETag', '"a"'],
          ],
          statusCode: 304,
        },
        answer: { age: '3' },
        asked: { 'if-none-match': '"a"' },
        from: 'behind',
      },
    ],
  },
  {
    id: 'swr-over',
    section: 'RFC 5861 §3',
    kind: 'required',
    says: 'stale-while-revalidate ends',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=1, stale-while-revalidate=2']] },
        from: 'origin',
      },
      { after: 9, from: 'origin' },
    ],
  },
  {
    id: 'sie-503',
    section: 'RFC 5861 §4',
    kind: 'optimal',
    says: 'stale-if-error: the stale response goes out when the origin answers 503',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60']] }, from: 'origin' },
      { after: 3, origin: { fields: [], statusCode: 503 }, answer: { age: '3' }, from: 'failover' },
    ],
  },
  {
    id: 'sie-gone',
    section: 'RFC 5861 §4',
    kind: 'optimal',
    says: 'stale-if-error: and when it does not answer at all',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60']] }, from: 'origin' },
      { after: 3, origin: { fails: 'at-once' }, from: 'failover' },
    ],
  },
  {
    id: 'sie-request',
    section: 'RFC 5861 §4',
    kind: 'optimal',
    says: 'a request may say stale-if-error too',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      {
        after: 3,
        fields: [['Cache-Control', 'stale-if-error=60']],
        origin: { fields: [], statusCode: 500 },
        from: 'failover',
      },
    ],
  },
  {
    id: 'sie-over',
    section: 'RFC 5861 §4',
    kind: 'required',
    says: 'stale-if-error ends',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=2']] }, from: 'origin' },
      { after: 9, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'origin' },
    ],
  },
  {
    id: 'sie-404',
    section: 'RFC 5861 §4',
    kind: 'required',
    says: '404 is an answer, and no failure',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, stale-if-error=60']] }, from: 'origin' },
      { after: 3, statusCode: 404, origin: { fields: [], statusCode: 404 }, from: 'origin' },
    ],
  },
];
