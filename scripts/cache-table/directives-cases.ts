import type { CacheCase } from './cache-case.ts';

/** RFC 9111 §5: fields and directives. */
export const directivesCases: readonly CacheCase[] = [
  {
    id: 'must-understand-known',
    section: 'RFC 9111 §5.2.2.3',
    kind: 'advised',
    says: 'with must-understand, no-store is ignored for a status code that is understood',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, must-understand, no-store']] },
        from: 'origin',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'no-store',
    section: 'RFC 9111 §5.2.2.5',
    kind: 'required',
    says: 'no-store is not stored',
    steps: [
      { origin: { fields: [['Cache-Control', 'no-store, max-age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'no-store-case',
    section: 'RFC 9111 §5.2',
    kind: 'required',
    says: 'directives are compared without regard to case',
    steps: [
      { origin: { fields: [['Cache-Control', 'No-STORE, Max-Age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'request-no-store',
    section: 'RFC 9111 §5.2.1.5',
    kind: 'required',
    says: 'the answer to a request with no-store is not stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']] },
        from: 'origin',
        fields: [['Cache-Control', 'no-store']],
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'private',
    section: 'RFC 9111 §5.2.2.7',
    kind: 'required',
    says: 'private is not stored by a shared cache',
    steps: [
      { origin: { fields: [['Cache-Control', 'private, max-age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'private-field',
    section: 'RFC 9111 §5.2.2.7',
    kind: 'required',
    says: 'a field that private names is not stored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60, private="X-Mine"'],
            ['X-Mine', '1'],
            ['X-All', '2'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'x-mine': null, 'x-all': '2' }, from: 'store' },
    ],
  },
  {
    id: 'private-empty',
    section: 'RFC 9111 §5.2.2.7',
    kind: 'required',
    says: 'private with an empty argument is private',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60, private=""']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'no-age-when-validated',
    section: 'RFC 9111 §5.1',
    kind: 'chosen',
    says: 'an answer that the origin has just validated carries no Age',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
          ],
          statusCode: 304,
        },
        answer: { age: null },
        from: 'validated',
      },
    ],
  },
  {
    id: 's-maxage',
    section: 'RFC 9111 §5.2.2.10',
    kind: 'required',
    says: 's-maxage overrides max-age, for the shorter',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=600, s-maxage=1']] }, from: 'origin' },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 's-maxage-longer',
    section: 'RFC 9111 §5.2.2.10',
    kind: 'optimal',
    says: 's-maxage overrides max-age, for the longer',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=0, s-maxage=60']] }, from: 'origin' },
      { after: 3, from: 'store' },
    ],
  },
  {
    id: 'expires-past',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires in the past means stale',
    steps: [{ origin: { fields: [['Expires', '{date-1}']] }, from: 'origin' }, { from: 'origin' }],
  },
  {
    id: 'expires-invalid-0',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires: 0 is no date, so it is past',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', '0'],
            ['Last-Modified', '{date-8640000}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'expires-invalid-1',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires: -1 is no date, so it is past',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', '-1'],
            ['Last-Modified', '{date-8640000}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'expires-invalid-2',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires: soon is no date, so it is past',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', 'soon'],
            ['Last-Modified', '{date-8640000}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'expires-invalid-3',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires: Thu, 99 Foo 2099 99:99:99 GMT is no date, so it is past',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', 'Thu, 99 Foo 2099 99:99:99 GMT'],
            ['Last-Modified', '{date-8640000}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'expires-invalid-4',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'Expires: Mon, 01 Jan 2035 00:00:00 CET is no date, so it is past',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', 'Mon, 01 Jan 2035 00:00:00 CET'],
            ['Last-Modified', '{date-8640000}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'max-age-over-expires',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'with max-age, Expires is ignored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['Expires', '{date+600}'],
          ],
        },
        from: 'origin',
      },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 's-maxage-over-expires',
    section: 'RFC 9111 §5.3',
    kind: 'required',
    says: 'with s-maxage, Expires is ignored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 's-maxage=1'],
            ['Expires', '{date+600}'],
          ],
        },
        from: 'origin',
      },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 'age-list',
    section: 'RFC 9111 §5.1',
    kind: 'advised',
    says: 'of an Age that is a list the first member counts',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Age', '7, 0'],
          ],
        },
        from: 'origin',
      },
      { answer: { age: '7' }, from: 'store' },
    ],
  },
  {
    id: 'age-invalid',
    section: 'RFC 9111 §5.1',
    kind: 'advised',
    says: 'an Age that is no number is ignored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Age', 'old'],
          ],
        },
        from: 'origin',
      },
      { answer: { age: /^[01]$/ }, from: 'store' },
    ],
  },
  {
    id: 'max-stale',
    section: 'RFC 9111 §5.2.1.2',
    kind: 'optimal',
    says: 'max-stale permits what is stale',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      { after: 3, fields: [['Cache-Control', 'max-stale=10']], from: 'store' },
      { fields: [['Cache-Control', 'max-stale']], from: 'store' },
    ],
  },
  {
    id: 'max-stale-too-old',
    section: 'RFC 9111 §5.2.1.2',
    kind: 'required',
    says: 'max-stale permits no more than it says',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      { after: 9, fields: [['Cache-Control', 'max-stale=3']], from: 'origin' },
    ],
  },
  {
    id: 'disconnected',
    section: 'RFC 9111 §5.2.2.2',
    kind: 'required',
    says: 'must-revalidate without an origin: an error, 504',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, must-revalidate']] }, from: 'origin' },
      { after: 3, origin: { fails: 'at-once' }, statusCode: 504, from: 'error' },
    ],
  },
  {
    id: 'no-cache',
    section: 'RFC 9111 §5.2.2.4',
    kind: 'required',
    says: 'no-cache is not used without validation',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'no-cache, max-age=60'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        origin: {
          fields: [
            ['Cache-Control', 'no-cache, max-age=60'],
            ['ETag', '"a"'],
          ],
          statusCode: 304,
        },
        from: 'validated',
      },
    ],
  },
  {
    id: 'no-cache-field',
    section: 'RFC 9111 §5.2.2.4',
    kind: 'required',
    says: 'a field that no-cache names is not sent unvalidated',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60, no-cache="X-Mine, X-Too"'],
            ['X-Mine', '1'],
            ['X-Too', '1'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'x-mine': null, 'x-too': null }, from: 'store' },
    ],
  },
  {
    id: 'must-revalidate-fresh',
    section: 'RFC 9111 §5.2.2.2',
    kind: 'optimal',
    says: 'must-revalidate says nothing about what is fresh',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60, must-revalidate']] }, from: 'origin' },
      { from: 'store' },
    ],
  },
  {
    id: 'proxy-revalidate-fresh',
    section: 'RFC 9111 §5.2.2.8',
    kind: 'optimal',
    says: 'nor does proxy-revalidate',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60, proxy-revalidate']] }, from: 'origin' },
      { from: 'store' },
    ],
  },
  {
    id: 'unknown-directive',
    section: 'RFC 9111 §5.2.3',
    kind: 'required',
    says: 'directives that are not known are ignored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, community="UCI, no-store", x']] },
        from: 'origin',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'directives-passed-on',
    section: 'RFC 9111 §5.2',
    kind: 'required',
    says: 'directives are passed on, both ways',
    steps: [
      {
        fields: [['Cache-Control', 'no-cache, x-mine="1"']],
        origin: { fields: [['Cache-Control', 'max-age=60, x-yours']] },
        asked: { 'cache-control': 'no-cache, x-mine="1"' },
        answer: { 'cache-control': 'max-age=60, x-yours' },
        from: 'origin',
      },
    ],
  },
  {
    id: 'request-no-cache',
    section: 'RFC 9111 §5.2.1.4',
    kind: 'chosen',
    says: 'a request with no-cache gets the origin asked',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [['Cache-Control', 'no-cache']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
          ],
          statusCode: 304,
        },
        from: 'validated',
      },
    ],
  },
  {
    id: 'request-max-age',
    section: 'RFC 9111 §5.2.1.1',
    kind: 'chosen',
    says: 'max-age of a request is honoured',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { after: 3, fields: [['Cache-Control', 'max-age=5']], from: 'store' },
      { after: 3, fields: [['Cache-Control', 'max-age=5']], from: 'origin' },
    ],
  },
  {
    id: 'request-min-fresh',
    section: 'RFC 9111 §5.2.1.3',
    kind: 'chosen',
    says: 'min-fresh of a request is honoured',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { after: 50, fields: [['Cache-Control', 'min-fresh=10']], from: 'store' },
      { fields: [['Cache-Control', 'min-fresh=11']], from: 'origin' },
    ],
  },
  {
    id: 'only-if-cached',
    section: 'RFC 9111 §5.2.1.7',
    kind: 'advised',
    says: 'only-if-cached with nothing stored: 504, and the origin is not asked',
    steps: [{ fields: [['Cache-Control', 'only-if-cached']], from: 'nobody' }],
  },
  {
    id: 'only-if-cached-hit',
    section: 'RFC 9111 §5.2.1.7',
    kind: 'advised',
    says: 'only-if-cached with a fresh response: that',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { fields: [['Cache-Control', 'only-if-cached']], from: 'store' },
    ],
  },
  {
    id: 'only-if-cached-stale',
    section: 'RFC 9111 §5.2.1.7',
    kind: 'advised',
    says: 'only-if-cached with a stale one: 504',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      { after: 3, fields: [['Cache-Control', 'only-if-cached']], from: 'nobody' },
    ],
  },
  {
    id: 'pragma',
    section: 'RFC 9111 §5.4',
    kind: 'chosen',
    says: 'Pragma: no-cache of a request counts where it has no Cache-Control',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { fields: [['Pragma', 'no-cache']], from: 'origin' },
    ],
  },
  {
    id: 'pragma-beside',
    section: 'RFC 9111 §5.4',
    kind: 'chosen',
    says: 'and not beside one',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        fields: [
          ['Pragma', 'no-cache'],
          ['Cache-Control', 'max-age=60'],
        ],
        from: 'store',
      },
    ],
  },
  {
    id: 'pragma-response',
    section: 'RFC 9111 §5.4',
    kind: 'optimal',
    says: 'Pragma of a response means nothing',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Pragma', 'no-cache'],
          ],
        },
        from: 'origin',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'odd-quoted',
    section: 'RFC 9111 §5.2',
    kind: 'optimal',
    says: 'a quoted number is a number',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age="60"']] }, from: 'origin' },
      { from: 'store' },
    ],
  },
  {
    id: 'odd-twice',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'of max-age twice the first counts',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1, max-age=60']] }, from: 'origin' },
      { after: 3, from: 'origin' },
    ],
  },
  {
    id: 'odd-lines',
    section: 'RFC 9110 §5.3',
    kind: 'required',
    says: 'directives on two lines are one list',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Cache-Control', 'no-store'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'odd-in-quotes',
    section: 'RFC 9111 §5.2',
    kind: 'required',
    says: 'a directive inside a quoted string is none',
    steps: [
      { origin: { fields: [['Cache-Control', 'x="no-store, a", max-age=60']] }, from: 'origin' },
      { from: 'store' },
    ],
  },
  {
    id: 'odd-commas',
    section: 'RFC 9110 §5.6.1',
    kind: 'required',
    says: 'empty members of a list are nothing',
    steps: [
      { origin: { fields: [['Cache-Control', ', ,max-age=60,, ']] }, from: 'origin' },
      { from: 'store' },
    ],
  },
  {
    id: 'odd-number-0',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age=1.5 is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1.5'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-1',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age=-60 is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=-60'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-2',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age=soon is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=soon'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-3',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-4',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age= is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age='],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-5',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age=0x3c is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=0x3c'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-number-6',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'max-age=6O is taken for stale',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=6O'],
            ['Expires', '{date+600}'],
            ['Last-Modified', '{date-864000}'],
          ],
        },
        from: 'origin',
      },
      { after: 2, from: 'origin' },
    ],
  },
  {
    id: 'odd-expires-twice',
    section: 'RFC 9111 §4.2.1',
    kind: 'advised',
    says: 'Expires twice: the first, or stale',
    steps: [
      {
        origin: {
          fields: [
            ['Expires', '{date-60}'],
            ['Expires', '{date+600}'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
];
