import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { beforeEach, describe, it, mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Instrument } from '#bench/load-instrument.ts';
import type { Run, RunListener } from '#bench/run-client.ts';
import { RunClock } from '#bench/run-clock.ts';
import { RowStore } from '#bench/row-store.ts';
import { defineDemo } from '#demo/definition.ts';
import { encodeBatch } from '#tests/support/encode-batch.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** What the bench gets instead of its instrument and its client: the test decides what comes when. */
const theirs: { load: () => Promise<Instrument>; listener: RunListener | undefined } = {
  load: () => Promise.reject(new Error('not set')),
  listener: undefined,
};
const doubles = {
  '/load-instrument.ts': 'export const loadInstrument = () => globalThis.theirs.load();',
  '/run-client.ts':
    'export class RunClient { constructor(demo, listener) { globalThis.theirs.listener = listener; } start() {} }',
};
registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    const [, code] = Object.entries(doubles).find(([end]) => resolved.url.endsWith(end)) ?? [];
    if (code === undefined) return resolved;
    const more = 'export const loadInstrumentWith = undefined;';
    return { url: `data:text/javascript,${encodeURIComponent(code + more)}`, shortCircuit: true };
  },
});
Object.assign(globalThis, {
  theirs,
  location: { search: '' },
  document: { hidden: true },
  requestAnimationFrame: () => 0,
});
const { BenchModel } = await import('#bench/bench-model.ts');

const demo = defineDemo({
  id: 'echo',
  title: '',
  summary: '',
  lifelines: { server: '' },
  parameters: {},
  challenges: [],
});
const instrument = {
  RowStore,
  tellingRow: () => undefined,
  newDrawPace: () => undefined,
} as unknown as Instrument;

const runNamed = (id: string): Run => ({ id, address: '', build: '', clock: new RunClock() });
const batchOf = (name: string): Uint8Array =>
  encodeBatch(0, new EventScript().note('server', name, {}).note('server', name, {}).events);

async function startedModel() {
  const model = new BenchModel(demo, 'bench');
  await model.start();
  const { listener } = theirs;
  assert.ok(listener);
  const names = () => model.store.rows.map(({ data }) => data['name']);
  return { model, listener, names };
}

describe('a bench whose instrument comes late, or not', () => {
  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
  });

  it('reads no batch of one run into the rows of the next', async () => {
    const coming = Promise.withResolvers<Instrument>();
    theirs.load = () => coming.promise;
    const { model, listener, names } = await startedModel();
    listener.onRun(runNamed('first'));
    listener.onBatch(batchOf('first'));
    model.clear();
    listener.onRun(runNamed('second'));
    coming.resolve(instrument);
    await setImmediate();
    assert.equal(listener.lastSeq(), 0);
    listener.onBatch(batchOf('second'));
    await setImmediate();
    assert.deepEqual(names(), ['second', 'second']);
  });

  it('hears the page again once it can be loaded', async () => {
    theirs.load = () => Promise.reject(new TypeError('Failed to fetch a module'));
    const { model, listener, names } = await startedModel();
    const run = runNamed('only');
    listener.onRun(run);
    listener.onState({ name: 'unreachable' });
    const saw = model.sawIn(run);
    saw('before');
    mock.timers.tick(1000);
    await setImmediate();
    theirs.load = () => Promise.resolve(instrument);
    listener.onState({ name: 'live' });
    saw('after');
    mock.timers.tick(1000);
    await setImmediate();
    assert.deepEqual(names(), ['before', 'after']);
  });

  it('hears nothing of a run that has been left', async () => {
    theirs.load = () => Promise.resolve(instrument);
    const { model, listener, names } = await startedModel();
    const left = runNamed('left');
    listener.onRun(left);
    const saw = model.sawIn(left);
    saw('in time');
    mock.timers.tick(1000);
    await setImmediate();
    assert.deepEqual(names(), ['in time']);
    model.clear();
    saw('stopped');
    listener.onRun(runNamed('next'));
    saw('late');
    mock.timers.tick(1000);
    await setImmediate();
    assert.deepEqual(names(), []);
  });
});
