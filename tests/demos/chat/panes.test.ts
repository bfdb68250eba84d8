import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/chat/demo.ts';
import { openedChat } from '#demos/chat/panes.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object): RowDraft => ({ kind: 'app', data: { name, ...data } });
const server = (name: string, data: object, connection = 5): RowDraft => ({
  kind: 'server',
  connection,
  data: { name, ...data },
});
const received = (user: string, id: number) =>
  app('received', { user, id: String(id), from: 'Ben', text: `message ${id}` });
const opened = app('chat', { by: 'websocket', users: 'Ada, Ben' });

const met = (drafts: readonly RowDraft[]) =>
  evaluate(demo.challenges[0]!, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Nothing missed', () => {
  const meanwhile = server('message', { id: '4', from: 'Ben', away: 'Ada' });
  const back: RowDraft = {
    kind: 'http.req.head',
    connection: 5,
    data: { fields: { 'last-event-id': '3' } },
  };
  const replayed = server('replayed', { user: 'Ada', id: '4' });

  it('is solved by a message that is replayed to who was away', () => {
    const rows = [meanwhile, back, replayed, received('Ada', 4)];
    assert.deepEqual(met(rows), ['said-meanwhile', 'came-later']);
  });

  it('is half solved over a WebSocket: who connects again asks for nothing', () => {
    const rows = [meanwhile, app('lost', { user: 'Ada' }), received('Ben', 4), received('Ada', 5)];
    assert.deepEqual(met(rows), ['said-meanwhile']);
  });

  it('is not solved when nothing was said meanwhile', () => {
    const after = server('message', { id: '4', from: 'Ben' });
    assert.deepEqual(met([back, after, received('Ada', 4)]), []);
  });

  it('takes no replay to another user, of another message, or that the page never showed', () => {
    const other = server('replayed', { user: 'Ben', id: '4' });
    const older = server('replayed', { user: 'Ada', id: '3' });
    for (const rows of [
      [meanwhile, back, other, received('Ben', 4)],
      [meanwhile, back, older, received('Ada', 3)],
      [meanwhile, back, replayed],
      [meanwhile, { ...back, connection: 6 }, replayed, received('Ada', 4)],
    ]) {
      assert.deepEqual(met(rows), ['said-meanwhile']);
    }
  });
});

describe('what each user sees', () => {
  const paneOf = (user: string, ...drafts: RowDraft[]) =>
    openedChat(writtenRows([opened, ...drafts]))?.panes.find((pane) => pane.user === user);

  it('is nothing before the chat was opened', () => {
    assert.equal(openedChat([]), undefined);
  });

  it('shows where messages are missing, since the room counts them', () => {
    const log = paneOf('Ada', received('Ada', 3), received('Ben', 4), received('Ada', 6))?.log;
    assert.deepEqual(log, [
      { id: 3, from: 'Ben', text: 'message 3' },
      { missing: 2 },
      { id: 6, from: 'Ben', text: 'message 6' },
    ]);
  });

  it('begins anew when the room was cleared or the chat opened again', () => {
    const cleared = app('cleared', { user: 'Ada' });
    assert.equal(paneOf('Ada', received('Ada', 1), cleared, received('Ada', 5))?.log.length, 1);
    assert.deepEqual(paneOf('Ada', received('Ada', 1), opened)?.log, []);
  });

  it('says who is connected, lost or cut off', () => {
    const open = app('open', { user: 'Ada' });
    const cutOff = server('cut-off', { user: 'Ada' });
    assert.equal(paneOf('Ada')?.state, 'never');
    assert.equal(paneOf('Ada', open)?.state, 'open');
    assert.equal(paneOf('Ada', open, app('lost', { user: 'Ada' }))?.state, 'lost');
    assert.equal(paneOf('Ada', cutOff)?.isAway, true);
    assert.equal(paneOf('Ben', cutOff)?.isAway, false);
    assert.equal(paneOf('Ada', cutOff, server('reachable', { user: 'Ada' }))?.isAway, false);
  });

  it('shows a refusal until the next message goes through', () => {
    const refused = app('refused', { user: 'Ada', reason: 'Plain text only.' });
    assert.equal(paneOf('Ada', refused)?.problem, 'Plain text only.');
    assert.equal(paneOf('Ada', refused, app('sent', { user: 'Ada' }))?.problem, undefined);
  });
});
