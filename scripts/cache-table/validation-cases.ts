import type { CacheCase } from './cache-case.ts';

/** RFC 9111 §4.3 and §4.4: asking the origin, and what it changes. */
export const validationCases: readonly CacheCase[] = [
  {
    id: 'no-origin',
    section: 'RFC 9110 §15.6.3',
    kind: 'required',
    says: 'nothing stored and no origin: 502',
    steps: [{ origin: { fails: 'at-once' }, statusCode: 502, from: 'error' }],
  },
  {
    id: 'validation-etag',
    section: 'RFC 9111 §4.3.1',
    kind: 'required',
    says: 'a validation sends the entity tag',
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
        asked: { 'if-none-match': '"a"' },
        from: 'validated',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'validation-both',
    section: 'RFC 9111 §4.3.1',
    kind: 'advised',
    says: 'and Last-Modified beside it',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['ETag', 'W/"a"'],
            ['Last-Modified', '{date-9}'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', 'W/"a"'],
          ],
          statusCode: 304,
        },
        asked: { 'if-none-match': 'W/"a"', 'if-modified-since': /GMT$/ },
        from: 'validated',
      },
    ],
  },
  {
    id: 'validation-date',
    section: 'RFC 9111 §4.3.1',
    kind: 'advised',
    says: 'Last-Modified alone',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['Last-Modified', 'Mon, 23 Nov 2020 12:00:00 GMT'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Last-Modified', 'Mon, 23 Nov 2020 12:00:00 GMT'],
          ],
          statusCode: 304,
        },
        asked: { 'if-modified-since': 'Mon, 23 Nov 2020 12:00:00 GMT', 'if-none-match': null },
        from: 'validated',
      },
    ],
  },
  {
    id: 'no-validator',
    section: 'RFC 9111 §4.3.1',
    kind: 'chosen',
    says: 'without a validator, an ordinary request',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=1']] }, from: 'origin' },
      { after: 3, asked: { 'if-none-match': null, 'if-modified-since': null }, from: 'origin' },
    ],
  },
  {
    id: 'validation-new',
    section: 'RFC 9111 §4.3.3',
    kind: 'required',
    says: 'a full response replaces the stored one',
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
            ['ETag', '"b"'],
          ],
        },
        from: 'origin',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'validation-5xx',
    section: 'RFC 9111 §4.3.3',
    kind: 'chosen',
    says: 'an error without stale-if-error goes to the client, and the stored response stays',
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
      { after: 3, statusCode: 503, origin: { fields: [], statusCode: 503 }, from: 'error' },
      {
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
    id: 'other-etag',
    section: 'RFC 9111 §4.3.4',
    kind: 'required',
    says: 'a 304 with another strong tag updates nothing, so all of it is asked for',
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
            ['ETag', '"b"'],
          ],
          statusCode: 304,
        },
        from: 'asked-twice',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'no-etag-in-304',
    section: 'RFC 9111 §4.3.4',
    kind: 'required',
    says: 'a 304 without a validator updates nothing that has one, so all of it is asked for',
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
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 304 },
        from: 'asked-twice',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'no-date-in-304',
    section: 'RFC 9111 §4.3.4',
    kind: 'required',
    says: 'nor one that has Last-Modified alone',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['Last-Modified', '{date-9}'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 304 },
        from: 'asked-twice',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'odd-etags-in-304',
    section: 'RFC 9111 §4.3.4',
    kind: 'required',
    says: 'of two variants without a valid tag, a 304 without one is about neither',
    steps: [
      {
        fields: [['Accept-Language', 'en']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
            ['ETag', 'en'],
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
            ['ETag', 'de'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [['Accept-Language', 'fr']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Vary', 'Accept-Language'],
            ['ETag', 'en'],
          ],
          statusCode: 304,
        },
        from: 'asked-twice',
      },
    ],
  },
  {
    id: 'client-etag',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'If-None-Match is answered from the store',
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
        fields: [['If-None-Match', '"a"']],
        statusCode: 304,
        answer: { etag: '"a"', age: '0', 'content-length': null },
        from: 'store',
      },
    ],
  },
  {
    id: 'client-etag-weak',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'by weak comparison, in a list',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', 'W/"a"'],
          ],
        },
        from: 'origin',
      },
      { fields: [['If-None-Match', '"x", "a"']], statusCode: 304, from: 'store' },
    ],
  },
  {
    id: 'client-etag-star',
    section: 'RFC 9110 §13.1.2',
    kind: 'advised',
    says: '* matches whatever is stored',
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
      { fields: [['If-None-Match', '*']], statusCode: 304, from: 'store' },
    ],
  },
  {
    id: 'client-etag-other',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'another tag gets the stored response whole',
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
      { fields: [['If-None-Match', '"b"']], from: 'store' },
    ],
  },
  {
    id: 'client-etag-first',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'If-None-Match takes precedence over If-Modified-Since',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
            ['Last-Modified', '{date-9}'],
          ],
        },
        from: 'origin',
      },
      {
        fields: [
          ['If-None-Match', '"b"'],
          ['If-Modified-Since', '{date}'],
        ],
        from: 'store',
      },
    ],
  },
  {
    id: 'client-since',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'If-Modified-Since is answered from the store',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Last-Modified', '{date-9}'],
          ],
        },
        from: 'origin',
      },
      { fields: [['If-Modified-Since', '{date}']], statusCode: 304, from: 'store' },
    ],
  },
  {
    id: 'client-since-date',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'without Last-Modified, Date is compared',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { fields: [['If-Modified-Since', '{date}']], statusCode: 304, from: 'store' },
    ],
  },
  {
    id: 'client-since-odd',
    section: 'RFC 9110 §13.1.3',
    kind: 'required',
    says: 'If-Modified-Since that is no date is ignored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Last-Modified', '{date-9}'],
          ],
        },
        from: 'origin',
      },
      { fields: [['If-Modified-Since', 'yesterday']], from: 'store' },
    ],
  },
  {
    id: 'client-etag-not-ours',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'a 304 with a tag that the client did not name: 200 from the store',
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
        fields: [['If-None-Match', '"old"']],
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
    id: 'client-has-new',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'what the client has already is not sent again, though it is new to the cache',
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
        fields: [['If-None-Match', '"b"']],
        statusCode: 304,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"b"'],
          ],
        },
        from: 'origin',
      },
    ],
  },
  {
    id: 'if-match',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'If-Match is for the origin to judge',
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
        fields: [['If-Match', '"b"']],
        statusCode: 412,
        origin: { fields: [], statusCode: 412 },
        from: 'origin',
      },
    ],
  },
  {
    id: 'if-unmodified-since',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'If-Unmodified-Since is for the origin to judge',
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
        fields: [['If-Unmodified-Since', '{date-99}']],
        statusCode: 412,
        origin: { fields: [], statusCode: 412 },
        from: 'origin',
      },
    ],
  },
  {
    id: 'if-range',
    section: 'RFC 9111 §4.3.2',
    kind: 'required',
    says: 'If-Range is for the origin to judge',
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
        fields: [['If-Range', '"b"']],
        statusCode: 412,
        origin: { fields: [], statusCode: 412 },
        from: 'origin',
      },
    ],
  },
  {
    id: 'condition-on-404',
    section: 'RFC 9111 §4.3.2',
    kind: 'advised',
    says: 'a stored 404 is not made a 304',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
          ],
          statusCode: 404,
        },
        from: 'origin',
        statusCode: 404,
      },
      { fields: [['If-None-Match', '"a"']], statusCode: 404, from: 'store' },
    ],
  },
  {
    id: 'head-freshens',
    section: 'RFC 9111 §4.3.5',
    kind: 'advised',
    says: 'an answer to HEAD with the same validator renews what is stored',
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
        method: 'HEAD',
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
          ],
          content: 'head-freshens 1',
        },
        from: 'origin',
      },
      { from: 'store' },
    ],
  },
  {
    id: 'head-outdates',
    section: 'RFC 9111 §4.3.5',
    kind: 'advised',
    says: 'one with another validator makes it out of date',
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
        method: 'HEAD',
        fields: [['Cache-Control', 'no-cache']],
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"b"'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-post',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'POST with a non-error answer makes what is stored invalid',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'POST', from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-put',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'PUT with a non-error answer makes what is stored invalid',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'PUT', from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-delete',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'DELETE with a non-error answer makes what is stored invalid',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'DELETE', from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-patch',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'PATCH with a non-error answer makes what is stored invalid',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'PATCH', from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-proppatch',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'PROPPATCH with a non-error answer makes what is stored invalid',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'PROPPATCH', from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'invalidated-by-303',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: '3xx is no error either',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        method: 'POST',
        statusCode: 303,
        origin: { fields: [['Location', '/elsewhere']], statusCode: 303 },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'not-invalidated-by-404',
    section: 'RFC 9111 §4.4',
    kind: 'optimal',
    says: '404 changed nothing',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'POST', statusCode: 404, origin: { fields: [], statusCode: 404 }, from: 'error' },
      { from: 'store' },
    ],
  },
  {
    id: 'not-invalidated-by-500',
    section: 'RFC 9111 §4.4',
    kind: 'optimal',
    says: '500 changed nothing',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { method: 'POST', statusCode: 500, origin: { fields: [], statusCode: 500 }, from: 'error' },
      { from: 'store' },
    ],
  },
  {
    id: 'location',
    section: 'RFC 9111 §4.4',
    kind: 'optimal',
    says: 'Location on the same host is invalid too',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        method: 'POST',
        path: '/list',
        statusCode: 201,
        origin: { fields: [['Location', '/location']], statusCode: 201 },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'content-location',
    section: 'RFC 9111 §4.4',
    kind: 'optimal',
    says: 'and Content-Location',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        method: 'PUT',
        path: '/list',
        origin: { fields: [['Content-Location', '/content-location']] },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'location-elsewhere',
    section: 'RFC 9111 §4.4',
    kind: 'required',
    says: 'on another host, it is not',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      {
        method: 'POST',
        path: '/list',
        statusCode: 201,
        origin: {
          fields: [['Location', 'http://other.example/location-elsewhere']],
          statusCode: 201,
        },
        from: 'error',
      },
      { from: 'store' },
    ],
  },
];
