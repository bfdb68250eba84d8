import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import type { Lines, Step } from '#scripts/cache-table/cache-case.ts';
import { CaseOrigin } from '#scripts/cache-table/run-case.ts';

import { startCache } from './cache-server.ts';

const origin = new CaseOrigin();
const port = await origin.listen();
after(() => {
  origin.close();
});

const withFields = (cacheControl: string): Lines => [
  ['Cache-Control', cacheControl],
  ['ETag', '"a"'],
];
const stored: Step = { origin: { fields: withFields('max-age=1') }, from: 'origin' };

/** What says of a stored response that it should not be stored: RFC 9111 §3.2, §4.3.4, §4.3.5. */
const Withdrawn: Readonly<Record<string, Step>> = {
  'a 304 that says private': {
    after: 3,
    origin: { statusCode: 304, fields: withFields('private, max-age=60') },
    from: 'validated',
  },
  'a 304 that says no-store': {
    after: 3,
    origin: { statusCode: 304, fields: withFields('no-store') },
    from: 'validated',
  },
  'a 304 to a request with Authorization': {
    after: 3,
    fields: [['Authorization', 'Basic QTpC']],
    origin: { statusCode: 304, fields: withFields('max-age=60') },
    from: 'validated',
  },
  'an answer to HEAD that says private': {
    method: 'HEAD',
    after: 3,
    origin: { fields: withFields('private, max-age=60') },
    from: 'origin',
  },
};

describe('a stored response that its origin says is for nobody else any more', () => {
  for (const [what, step] of Object.entries(Withdrawn)) {
    it(`is not used again after ${what}`, async () => {
      const cache = await startCache(port);
      const steps = [stored, step, { from: 'origin' } as const];
      const one = { id: what.replaceAll(' ', '-'), steps };
      const fault = await origin.run({ ...one, section: '', kind: 'required', says: '' }, cache);
      assert.equal(fault, undefined, `${String(fault)}\n${JSON.stringify(cache.notes, null, 1)}`);
    });
  }
});
