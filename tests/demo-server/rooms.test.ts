import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { KEPT_MS, MAX_ENTRIES, MAX_MEMBERS, MAX_SHARED_ROOMS, Rooms } from '#demo-server/rooms.ts';

const run = (id = 'a') => ({ id, ended: new AbortController().signal });
const asked = (room?: string, of = run()) => ({
  run: of,
  query: new URLSearchParams(room === undefined ? {} : { room }),
});
const member = (heard: string[] = []) => ({
  run: run(),
  user: 'Ada',
  tell: ({ said }: { said: string }) => void heard.push(said),
  cleared: () => void heard.push('cleared'),
  cut: () => void heard.push('cut'),
});

describe('threat 21: chat as a channel between strangers', () => {
  it('gives every run a room of its own, which no key opens', () => {
    const rooms = new Rooms<string>();
    const [one, other] = [run('a'), run('b')];
    rooms.of(asked(undefined, one)).say('hello');
    assert.equal(rooms.of(asked(undefined, one)).after(0).length, 1);
    assert.equal(rooms.of(asked(undefined, other)).after(0).length, 0);
    assert.throws(() => rooms.of(asked('a')), /This room is closed/);
  });

  it('opens a shared room only by its key of 128 random bits, whole', () => {
    const rooms = new Rooms<string>();
    const keys = new Set(Array.from({ length: 50 }, () => rooms.share()));
    assert.equal(keys.size, 50);
    for (const key of keys) {
      assert.match(key, /^[\w-]{22}$/);
      rooms.of(asked(key));
      for (const wrong of [key.slice(0, -1), `${key}A`, key.toLowerCase() + '!', '', '__proto__']) {
        assert.throws(() => rooms.of(asked(wrong)), /This room is closed/);
      }
    }
  });

  it('keeps what was said for ten minutes, not longer', () => {
    let now = 0;
    const room = new Rooms<string>(() => now).of(asked());
    room.say('first');
    now = KEPT_MS - 1;
    room.say('second');
    assert.deepEqual(
      room.after(0).map(({ said }) => said),
      ['first', 'second'],
    );
    now = KEPT_MS;
    assert.deepEqual(
      room.after(0).map(({ said }) => said),
      ['second'],
    );
    assert.equal(KEPT_MS, 600_000);
  });

  it('closes a shared room that nobody has been in for ten minutes', () => {
    let now = 0;
    const rooms = new Rooms<string>(() => now);
    const [empty, used] = [rooms.share(), rooms.share()];
    const leave = rooms.of(asked(used)).join(member());
    now = KEPT_MS;
    rooms.sweep();
    assert.throws(() => rooms.of(asked(empty)), /This room is closed/);
    rooms.of(asked(used));
    leave();
    now = 2 * KEPT_MS;
    rooms.sweep();
    assert.throws(() => rooms.of(asked(used)), /This room is closed/);
  });

  it('forgets everything when it is cleared, tells who is there, and counts on', () => {
    const heard: string[] = [];
    const room = new Rooms<string>().of(asked());
    room.join(member(heard));
    room.say('one');
    room.clear();
    assert.deepEqual(room.after(0), []);
    assert.equal(room.say('two').number, 2);
    assert.deepEqual(heard, ['one', 'cleared', 'two']);
  });
});

describe('the bounds of rooms', () => {
  it('lets in 16 members and keeps the newest 200 entries', () => {
    const room = new Rooms<string>().of(asked());
    for (let count = 0; count < MAX_MEMBERS; count++) room.join(member());
    assert.throws(() => room.join(member()), /This room is full/);
    for (let count = 0; count <= MAX_ENTRIES; count++) room.say(String(count));
    assert.equal(room.after(0).length, MAX_ENTRIES);
    assert.equal(room.after(0)[0]?.said, '1');
  });

  it('closes the longest unused of 64 shared rooms for another, and cuts who is in it', () => {
    let now = 0;
    const rooms = new Rooms<string>(() => now);
    const heard: string[] = [];
    const first = rooms.share();
    rooms.of(asked(first)).join(member(heard));
    const keys = Array.from({ length: MAX_SHARED_ROOMS - 1 }, () => {
      now += 1;
      return rooms.share();
    });
    rooms.of(asked(first));
    now += 1;
    rooms.share();
    assert.deepEqual(heard, ['cut']);
    assert.throws(() => rooms.of(asked(first)));
    for (const key of keys) rooms.of(asked(key));
  });
});
