import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Row } from '#capture/row.ts';
import { announcementOf } from '#bench/announcement.ts';

const row: Row = {
  number: 7,
  t: 0,
  vantage: 'page',
  kind: 'app',
  data: { name: 'open' },
};

describe('what a screen reader says of new rows', () => {
  it('has one form for one, and one for more', () => {
    assert.match(announcementOf(1, row), /^One new row: \S/);
    assert.match(announcementOf(2, row), /^2 new rows, the last: \S/);
    assert.match(announcementOf(1200, row), /^1,200 new rows, the last: \S/);
  });
});
