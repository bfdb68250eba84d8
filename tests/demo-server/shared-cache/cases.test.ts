import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import { cacheCases } from '#scripts/cache-table/cases.ts';
import { CaseOrigin } from '#scripts/cache-table/run-case.ts';

import { startCache } from './cache-server.ts';

const origin = new CaseOrigin();
const port = await origin.listen();
after(() => {
  origin.close();
});

for (const section of new Set(cacheCases.map((one) => one.section))) {
  describe(section, () => {
    for (const one of cacheCases.filter((other) => other.section === section)) {
      it(`${one.kind}: ${one.says} (${one.id})`, async () => {
        const cache = await startCache(port);
        const fault = await origin.run(one, cache);
        assert.equal(fault, undefined, `${String(fault)}\n${JSON.stringify(cache.notes, null, 1)}`);
      });
    }
  });
}
