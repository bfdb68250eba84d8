import assert from 'node:assert/strict';
import { it, mock } from 'node:test';
import { Announcer } from '#bench/announcer.ts';
import type { Instrument } from '#bench/load-instrument.ts';
import { NO_ROWS, type Rows } from '#bench/rows.ts';
import type { Row } from '#capture/row.ts';

const rowsUpTo = (lastNumber: number): Rows => ({
  ...NO_ROWS,
  lastNumber,
  row: (number = 0) => ({ number, kind: 'app', vantage: 'page', t: 0, data: {} }) satisfies Row,
});

it('an announcement counts the rows that are shown, and no others', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const said: number[] = [];
  const instrument = {
    announcementOf: (count: number) => {
      said.push(count);
      return '';
    },
  } as unknown as Instrument;
  const announcer = new Announcer();
  announcer.isOn.value = true;
  let rows = rowsUpTo(100);
  const tell = () => {
    announcer.tell(
      () => rows,
      () => instrument,
    );
  };
  tell();
  mock.timers.tick(2000);
  // More rows came, and before they were told of the reader turned to another run.
  rows = rowsUpTo(120);
  tell();
  mock.timers.tick(1000);
  rows = rowsUpTo(3);
  announcer.forget();
  tell();
  mock.timers.tick(1999);
  assert.deepEqual(said, [100]);
  mock.timers.tick(1);
  assert.deepEqual(said, [100, 3]);
});
