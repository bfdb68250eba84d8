import { randomBytes } from 'node:crypto';

import type { DemoContext } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** What was said in a room; numbers go up by one and are never used again. */
export type Entry<Said> = { readonly number: number; readonly at: number; readonly said: Said };

/** Someone in a room. */
export type Member<Said> = {
  readonly run: DemoContext['run'];
  readonly user: string;
  readonly tell: (entry: Entry<Said>) => void;
  /** All that was said is forgotten. */
  readonly cleared: () => void;
  /** Ends the connection without a word. */
  readonly cut: () => void;
};

/** So long a room keeps what was said in it, and so long it stays when nobody is there. */
export const KEPT_MS = 10 * 60_000;
export const MAX_ENTRIES = 200;
export const MAX_MEMBERS = 16;
export const MAX_SHARED_ROOMS = 64;
const SWEEP_INTERVAL_MS = 30_000;

/** What is said here reaches everyone who is here, and nobody else. */
export class Room<Said> {
  readonly members = new Set<Member<Said>>();
  usedAt: number;
  #entries: Entry<Said>[] = [];
  #last = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
    this.usedAt = now();
  }

  get last(): number {
    return this.#last;
  }

  /** To be asked before a handshake too: behind its 101 nobody can be refused any more. */
  refuseIfFull(): void {
    if (this.members.size < MAX_MEMBERS) return;
    throw new RequestError(503, 'This room is full. Close a tab that is in it and try again.');
  }

  /** Lets a member in; returns how it leaves. */
  join(member: Member<Said>): () => void {
    this.refuseIfFull();
    this.members.add(member);
    this.usedAt = this.#now();
    return () => {
      this.members.delete(member);
      this.usedAt = this.#now();
    };
  }

  say(said: Said): Entry<Said> {
    this.usedAt = this.#now();
    this.#last += 1;
    const entry = { number: this.#last, at: this.#now(), said };
    this.#entries.push(entry);
    if (this.#entries.length > MAX_ENTRIES) this.#entries.shift();
    for (const member of [...this.members]) member.tell(entry);
    return entry;
  }

  /** What was said after that number and is still kept. */
  after(number: number): readonly Entry<Said>[] {
    this.forgetOld();
    return this.#entries.filter((entry) => entry.number > number);
  }

  forgetOld(): void {
    const oldest = this.#now() - KEPT_MS;
    this.#entries = this.#entries.filter(({ at }) => at > oldest);
  }

  clear(): void {
    this.#entries = [];
    for (const member of [...this.members]) member.cleared();
  }
}

/**
 * The rooms of one demo. Every run has one of its own; one that several browsers share is found only
 * by its unguessable key.
 */
export class Rooms<Said> {
  readonly #own = new WeakMap<DemoContext['run'], Room<Said>>();
  readonly #shared = new Map<string, Room<Said>>();
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    setInterval(() => {
      this.sweep();
    }, SWEEP_INTERVAL_MS).unref();
  }

  /** Opens a shared room under a key of 128 random bits; the longest unused one gives way. */
  share(): string {
    if (this.#shared.size >= MAX_SHARED_ROOMS) {
      const [longestUnused] = [...this.#shared].sort(([, a], [, b]) => a.usedAt - b.usedAt);
      if (longestUnused !== undefined) this.#close(...longestUnused);
    }
    const key = randomBytes(16).toString('base64url');
    this.#shared.set(key, new Room(this.#now));
    return key;
  }

  /** The room that a request names with `?room=…`, or else its run's own. */
  of({ run, query }: Pick<DemoContext, 'run' | 'query'>): Room<Said> {
    const key = query.get('room');
    if (key === null) {
      const room = this.#own.get(run) ?? new Room<Said>(this.#now);
      this.#own.set(run, room);
      return room;
    }
    const room = this.#shared.get(key);
    if (room !== undefined) return room;
    throw new RequestError(404, 'This room is closed. Open another and send its link.');
  }

  /** Forgets what is ten minutes old, and rooms that nobody has been in for so long. */
  sweep(): void {
    const oldest = this.#now() - KEPT_MS;
    for (const [key, room] of this.#shared) {
      room.forgetOld();
      if (room.members.size === 0 && room.usedAt <= oldest) this.#shared.delete(key);
    }
  }

  #close(key: string, room: Room<Said>): void {
    this.#shared.delete(key);
    for (const member of [...room.members]) member.cut();
  }
}

/** Reads `?user=`: a first name, which is all that a room is told of anybody. */
export function userOf({ query }: Pick<DemoContext, 'query'>): string {
  const user = query.get('user') ?? '';
  if (/^[A-Za-z]{1,20}$/.test(user)) return user;
  throw new RequestError(400, 'Say who you are with ?user= and 1 to 20 letters.');
}
