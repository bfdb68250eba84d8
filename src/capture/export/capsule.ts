import type { PageEvent } from '#capture/page-event.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { jsonFromWireEvent, pageEventFromJson, wireEventFromJson } from './capsule-events.ts';
import { CapsuleError } from './capsule-error.ts';
import { JsonFields, wrong } from './json-fields.ts';
import { isoTime, kebabCase, oneOf, text, time } from './kinds.ts';

const FORMAT = 'switching-protocols-capsule';
const VERSION = 1;

/** In UTF-16 code units: about 48 MiB of octets, eleven times what the server keeps of a run. */
export const MAX_CAPSULE_LENGTH = 64 * 1024 * 1024;
/** Events of the wire, and events of the page. */
export const MAX_CAPSULE_EVENTS = 250_000;
const MAX_PARAMETERS = 100;

/** A recorded run, which any copy of the site can open again: what was set, and what was seen. */
export type Capsule = {
  /** The demo's id, for example `echo`. */
  readonly demo: string;
  readonly title?: string;
  /** When the capsule was made, as `Date.prototype.toISOString` writes it. */
  readonly made: string;
  /** Of the site that made it. */
  readonly build: string;
  /** Name and version, for example `Chromium 156`. */
  readonly browser: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** Milliseconds from the run's beginning to the making of the capsule. */
  readonly now?: number;
  /** In the order of their `seq`. */
  readonly events: readonly WireEvent[];
  readonly page: readonly PageEvent[];
};

/**
 * Writes a capsule as JSON, octets in base64.
 *
 * @throws CapsuleError when it would be too large to be opened again.
 */
export function encodeCapsule(capsule: Capsule): string {
  const { demo, title, made, build, browser, parameters, now, events, page } = capsule;
  const about = { demo, title, made, build, browser, parameters, now };
  const json = JSON.stringify({
    format: FORMAT,
    version: VERSION,
    ...about,
    events: events.map(jsonFromWireEvent),
    page,
  });
  const isTooLong =
    json.length > MAX_CAPSULE_LENGTH || Math.max(events.length, page.length) > MAX_CAPSULE_EVENTS;
  if (isTooLong) {
    throw new CapsuleError('This run is too long for a capsule: begin a new one and stop earlier.');
  }
  return json;
}

/**
 * Reads a capsule that may come from anywhere: every field is checked, unknown ones are ignored.
 *
 * @throws CapsuleError with a sentence that says what is wrong.
 */
export function decodeCapsule(json: string): Capsule {
  if (json.length > MAX_CAPSULE_LENGTH) {
    throw new CapsuleError(
      `This file is too large for a capsule: those have at most ${MAX_CAPSULE_LENGTH} characters.`,
    );
  }
  const fields = new JsonFields(parse(json), '');
  fields.get('format', oneOf(FORMAT));
  const version = fields.get('version', {
    words: 'a number',
    test: (value): value is number => typeof value === 'number',
  });
  if (version !== VERSION) {
    throw new CapsuleError(
      `This capsule is of version ${version}, and this site reads version ${VERSION}.`,
    );
  }
  return {
    demo: fields.get('demo', kebabCase),
    ...fields.optional('title', text(200)),
    made: fields.get('made', isoTime),
    build: fields.get('build', text(100)),
    browser: fields.get('browser', text(500)),
    parameters: readParameters(fields),
    ...fields.optional('now', time),
    events: readEvents(fields),
    page: fields
      .list('page', MAX_CAPSULE_EVENTS)
      .map((event, index) => pageEventFromJson(event, `page[${index}]`)),
  };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new CapsuleError('This file is no capsule: it is not JSON.', { cause });
  }
}

function readParameters(fields: JsonFields): Capsule['parameters'] {
  const parameters = fields.record('parameters');
  const path = fields.pathOf('parameters');
  const entries = Object.entries(parameters).map(([name, value]) => {
    const isValue = ['string', 'number', 'boolean'].includes(typeof value);
    if (!isValue) throw wrong(path, 'a record of texts, numbers and flags alone');
    return [name, value as string | number | boolean] as const;
  });
  if (entries.length > MAX_PARAMETERS) throw wrong(path, `at most ${MAX_PARAMETERS} parameters`);
  return Object.fromEntries(entries);
}

/** The reader of rows skips what it has read before, so numbers have to rise. */
function readEvents(fields: JsonFields): readonly WireEvent[] {
  let lastSeq = 0;
  return fields.list('events', MAX_CAPSULE_EVENTS).map((value, index) => {
    const path = `events[${index}]`;
    const event = wireEventFromJson(value, path);
    if (event.seq <= lastSeq) throw wrong(`${path}.seq`, 'above that of the event before it');
    lastSeq = event.seq;
    return event;
  });
}

/** One event of a capsule, from the wire or from the page. */
export type CapsuleEvent =
  | { readonly from: 'wire'; readonly t: number; readonly event: WireEvent }
  | { readonly from: 'page'; readonly t: number; readonly event: PageEvent };

/**
 * Puts a capsule's events in the order in which they are to be replayed.
 *
 * Events of the wire stay in the order of their numbers, in which alone they can be read; what the
 * page saw comes before the first of them that is later.
 */
export function replayOrder({ events, page }: Capsule): readonly CapsuleEvent[] {
  const waiting = page.toSorted((a, b) => a.t - b.t);
  const order: CapsuleEvent[] = [];
  let next = 0;
  const addPageUpTo = (t: number): void => {
    for (let event = waiting[next]; event !== undefined && event.t < t; event = waiting[++next]) {
      order.push({ from: 'page', t: event.t, event });
    }
  };
  for (const event of events) {
    addPageUpTo(event.t);
    order.push({ from: 'wire', t: event.t, event });
  }
  addPageUpTo(Infinity);
  return order;
}
