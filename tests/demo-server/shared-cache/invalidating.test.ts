import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import type { Step } from '#scripts/cache-table/cache-case.ts';
import { CaseOrigin } from '#scripts/cache-table/run-case.ts';

import { startCache } from './cache-server.ts';

const origin = new CaseOrigin();
const port = await origin.listen();
after(() => {
  origin.close();
});

describe('a Location that a change answers with', () => {
  for (const [scheme, from, what] of [
    ['http', 'origin', 'removes what is stored of this origin (RFC 9111 §4.4)'],
    ['https', 'store', 'leaves alone what another scheme makes another origin (RFC 9110 §4.3.1)'],
  ] as const) {
    it(what, async () => {
      const cache = await startCache(port);
      const location = `${cache.address.replace('http', scheme)}/${scheme}/a`;
      const steps: Step[] = [
        { path: '/a', origin: { fields: [['Cache-Control', 'max-age=60']] }, from: 'origin' },
        {
          method: 'POST',
          path: '/b',
          origin: { statusCode: 204, fields: [['Location', location]] },
          statusCode: 204,
          from: 'origin',
        },
        { path: '/a', from },
      ];
      const one = { id: scheme, section: '', kind: 'required', says: '', steps } as const;
      assert.equal(await origin.run(one, cache), undefined);
    });
  }
});
