import type { CacheCase } from './cache-case.ts';

/** RFC 9111 §1 and §3: what is stored. */
export const storingCases: readonly CacheCase[] = [
  {
    id: 'absurd-max-age',
    section: 'RFC 9111 §1.2.2',
    kind: 'required',
    says: 'a number too large to hold means at least 2^31 seconds, and never a negative one',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=99999999999999999999999']] },
        from: 'origin',
      },
      { after: 3600, from: 'store' },
    ],
  },
  {
    id: 'absurd-age',
    section: 'RFC 9111 §1.2.2',
    kind: 'required',
    says: 'an Age too large to hold makes the response old',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Age', '99999999999999999999'],
          ],
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'unsafe-method-not-stored',
    section: 'RFC 9111 §3',
    kind: 'required',
    says: 'an answer to a method that the cache does not store is not stored',
    steps: [
      { method: 'POST', origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { from: 'origin' },
    ],
  },
  {
    id: 'partial-not-stored',
    section: 'RFC 9111 §3',
    kind: 'required',
    says: '206 is not stored by a cache that keeps no parts',
    steps: [
      {
        fields: [['Range', 'bytes=0-1']],
        statusCode: 206,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Content-Range', 'bytes 0-1/9'],
          ],
          statusCode: 206,
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'not-modified-not-stored',
    section: 'RFC 9111 §3',
    kind: 'required',
    says: 'a 304 to the client’s own condition is passed on, and not stored',
    steps: [
      {
        fields: [['If-None-Match', '"x"']],
        statusCode: 304,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"x"'],
          ],
          statusCode: 304,
        },
        from: 'origin',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'must-understand-unknown',
    section: 'RFC 9111 §3',
    kind: 'required',
    says: 'with must-understand, a status code that is not understood is not stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, must-understand']], statusCode: 299 },
        from: 'origin',
        statusCode: 299,
      },
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 299 },
        from: 'origin',
        statusCode: 299,
      },
    ],
  },
  {
    id: 'authorization',
    section: 'RFC 9111 §3.5',
    kind: 'required',
    says: 'an answer to a request with Authorization is not used again',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']] },
        from: 'origin',
        fields: [['Authorization', 'Basic YTpi']],
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'authorization-public',
    section: 'RFC 9111 §3.5',
    kind: 'optimal',
    says: 'public allows sharing an answer to a request with Authorization',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, public']] },
        from: 'origin',
        fields: [['Authorization', 'Basic YTpi']],
      },
      { from: 'store' },
    ],
  },
  {
    id: 'authorization-s-maxage',
    section: 'RFC 9111 §3.5',
    kind: 'optimal',
    says: 's-maxage=60 allows sharing an answer to a request with Authorization',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, s-maxage=60']] },
        from: 'origin',
        fields: [['Authorization', 'Basic YTpi']],
      },
      { from: 'store' },
    ],
  },
  {
    id: 'authorization-must-revalidate',
    section: 'RFC 9111 §3.5',
    kind: 'optimal',
    says: 'must-revalidate allows sharing an answer to a request with Authorization',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60, must-revalidate']] },
        from: 'origin',
        fields: [['Authorization', 'Basic YTpi']],
      },
      { from: 'store' },
    ],
  },
  {
    id: 'authorization-later',
    section: 'RFC 9111 §3.5',
    kind: 'optimal',
    says: 'a response to a request without Authorization may answer one with it',
    steps: [
      { origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
      { fields: [['Authorization', 'Basic YTpi']], from: 'store' },
    ],
  },
  {
    id: 'set-cookie',
    section: 'RFC 9111 §7.3',
    kind: 'chosen',
    says: 'Set-Cookie does not inhibit storing: who means it says private',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Set-Cookie', 'a=1'],
            ['Set-Cookie', 'b=2'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'set-cookie': 'a=1,b=2' }, from: 'store' },
    ],
  },
  {
    id: 'nothing-allows',
    section: 'RFC 9111 §3',
    kind: 'required',
    says: 'a status code that is not heuristically cacheable is not stored when nothing allows it',
    steps: [
      {
        origin: { fields: [['Last-Modified', '{date-8640000}']], statusCode: 302 },
        from: 'origin',
        statusCode: 302,
      },
      { origin: { fields: [], statusCode: 302 }, from: 'origin', statusCode: 302 },
    ],
  },
  {
    id: 'status-302',
    section: 'RFC 9111 §3',
    kind: 'optimal',
    says: '302 with max-age may be stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 302 },
        from: 'origin',
        statusCode: 302,
      },
      { statusCode: 302, from: 'store' },
    ],
  },
  {
    id: 'status-307',
    section: 'RFC 9111 §3',
    kind: 'optimal',
    says: '307 with max-age may be stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 307 },
        from: 'origin',
        statusCode: 307,
      },
      { statusCode: 307, from: 'store' },
    ],
  },
  {
    id: 'status-418',
    section: 'RFC 9111 §3',
    kind: 'optimal',
    says: '418 with max-age may be stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 418 },
        from: 'origin',
        statusCode: 418,
      },
      { statusCode: 418, from: 'store' },
    ],
  },
  {
    id: 'status-500',
    section: 'RFC 9111 §3',
    kind: 'optimal',
    says: '500 with max-age may be stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 500 },
        from: 'origin',
        statusCode: 500,
      },
      { statusCode: 500, from: 'store' },
    ],
  },
  {
    id: 'status-599',
    section: 'RFC 9111 §3',
    kind: 'optimal',
    says: '599 with max-age may be stored',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], statusCode: 599 },
        from: 'origin',
        statusCode: 599,
      },
      { statusCode: 599, from: 'store' },
    ],
  },
  {
    id: 'unknown-fields',
    section: 'RFC 9111 §3.1',
    kind: 'required',
    says: 'all fields are stored, unknown ones too',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['X-Unheard-Of', '"a, b"'],
            ['Foo', '1'],
            ['Foo', '2'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'x-unheard-of': '"a, b"', foo: '1, 2' }, from: 'store' },
    ],
  },
  {
    id: 'connection-fields',
    section: 'RFC 9110 §7.6.1',
    kind: 'required',
    says: 'Connection and what it names are for one connection',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Connection', 'X-Hop'],
            ['X-Hop', '1'],
            ['Keep-Alive', 'timeout=9'],
            ['Proxy-Connection', 'keep-alive'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'x-hop': null, 'proxy-connection': null }, from: 'store' },
    ],
  },
  {
    id: 'proxy-fields',
    section: 'RFC 9111 §3.1',
    kind: 'required',
    says: 'fields of another proxy are not stored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['Proxy-Authenticate', 'Basic'],
            ['Proxy-Authentication-Info', 'x'],
          ],
        },
        from: 'origin',
      },
      { answer: { 'proxy-authenticate': null, 'proxy-authentication-info': null }, from: 'store' },
    ],
  },
  {
    id: 'request-hop-by-hop',
    section: 'RFC 9110 §7.6.1',
    kind: 'required',
    says: 'fields of the client’s connection do not reach the origin',
    steps: [
      {
        fields: [
          ['Connection', 'X-Mine, close'],
          ['X-Mine', '1'],
          ['TE', 'trailers'],
          ['X-Note', '2'],
        ],
        asked: { 'x-mine': null, te: null, 'x-note': '2', via: '1.1 shared-cache' },
        from: 'origin',
      },
    ],
  },
  {
    id: 'update-adds',
    section: 'RFC 9111 §3.2',
    kind: 'required',
    says: 'a 304 adds its fields and replaces those that are there',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['ETag', '"a"'],
            ['X-Old', '1'],
            ['X-Same', '1'],
            ['Content-Type', 'text/plain'],
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
            ['X-New', '2'],
            ['X-Same', '2'],
            ['Content-Type', 'text/html'],
          ],
          statusCode: 304,
        },
        answer: { 'x-old': '1', 'x-new': '2', 'x-same': '2', 'content-type': 'text/html' },
        from: 'validated',
      },
      { answer: { 'x-new': '2', 'x-same': '2' }, from: 'store' },
    ],
  },
  {
    id: 'update-content-length',
    section: 'RFC 9111 §3.2',
    kind: 'required',
    says: 'a 304 does not change Content-Length',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1'],
            ['ETag', '"a"'],
          ],
          content: 'twelve bytes',
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: {
          fields: [
            ['Cache-Control', 'max-age=60'],
            ['ETag', '"a"'],
            ['Content-Length', '3'],
          ],
          statusCode: 304,
        },
        answer: { 'content-length': '12' },
        from: 'validated',
      },
    ],
  },
  {
    id: 'cut',
    section: 'RFC 9111 §3.3',
    kind: 'required',
    says: 'a response that was cut is not stored as the whole',
    steps: [
      {
        origin: { fields: [['Cache-Control', 'max-age=60']], fails: 'in-the-middle' },
        from: 'cut',
      },
      { from: 'origin' },
    ],
  },
  {
    id: 'cut-keeps-stored',
    section: 'RFC 9111 §3.3',
    kind: 'optimal',
    says: 'a cut response does not push out what is stored',
    steps: [
      {
        origin: {
          fields: [
            ['Cache-Control', 'max-age=1, stale-if-error=600'],
            ['ETag', '"a"'],
          ],
        },
        from: 'origin',
      },
      {
        after: 3,
        origin: { fields: [['Cache-Control', 'max-age=60']], fails: 'in-the-middle' },
        from: 'cut',
      },
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
];
