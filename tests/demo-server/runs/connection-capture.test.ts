import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { ConnectionCapture } from '#demo-server/runs/connection-capture.ts';
import { MAX_RUNS, RunStore } from '#demo-server/runs/run-store.ts';
import { Run } from '#demo-server/runs/run.ts';

describe('threat 13: a connection that carries one run after the other', () => {
  it('knows none that ended before the last began', (test) => {
    const add = test.mock.method(Run.prototype, 'add');
    const runs = new RunStore();
    const capture = new ConnectionCapture(1, () => ({ sender: 'BROWSER', hop: 0 }), runs);
    const ids: string[] = [];
    for (let visit = 0; visit < 3 * MAX_RUNS; visit += 1) {
      const { id } = runs.create('echo');
      ids.push(id);
      const request = `GET /live/${id}/echo/ HTTP/1.1\r\nHost: a\r\n\r\n`;
      capture.octets('up', Buffer.from(request), visit);
      capture.octets('down', Buffer.from('HTTP/1.1 204 No Content\r\n\r\n'), visit);
    }
    capture.close(false, 3 * MAX_RUNS);
    const told = add.mock.calls
      .filter(({ arguments: [event] }) => event.kind === 'close')
      .map((call) => (call.this as Run).id);
    assert.deepEqual(told, ids.slice(-MAX_RUNS));
  });
});
