import type { PageEvent } from '#capture/page-event.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { base64FromOctets, octetsFromBase64 } from './base64.ts';
import { JsonFields, wrong, type Json } from './json-fields.ts';
import { count, kebabCase, oneOf, text, time, upTo } from './kinds.ts';

const direction = oneOf('up', 'down');
const kinds = oneOf('open', 'octets', 'end', 'close', 'note', 'dropped');
const senders = oneOf('BROWSER', 'TOOL', 'ROBOT', 'BOX');
const MAX_HOP = 1000;
/** Of a whole capsule's text, so of each value in it too. */
const anyText = text(Infinity);

/** Writes one event of the wire as JSON, its octets in base64. */
export function jsonFromWireEvent(event: WireEvent): object {
  return event.kind === 'octets' ? { ...event, octets: base64FromOctets(event.octets) } : event;
}

/**
 * Reads one event of the wire that someone else wrote.
 *
 * @throws CapsuleError
 */
export function wireEventFromJson(value: unknown, path: string): WireEvent {
  const fields = new JsonFields(value, path);
  const common = { seq: fields.get('seq', count), t: fields.get('t', time) };
  const kind = fields.get('kind', kinds);
  switch (kind) {
    case 'open':
      return {
        kind,
        ...common,
        connection: fields.get('connection', count),
        sender: fields.get('sender', senders),
        hop: fields.get('hop', upTo(MAX_HOP)),
        ...fields.optional('box', kebabCase),
        ...fields.optional('onBehalfOf', count),
        exchangesBefore: fields.get('exchangesBefore', count),
      };
    case 'octets':
      return {
        kind,
        ...common,
        connection: fields.get('connection', count),
        direction: fields.get('direction', direction),
        octets: readOctets(fields),
      };
    case 'end':
      return {
        kind,
        ...common,
        connection: fields.get('connection', count),
        direction: fields.get('direction', direction),
      };
    case 'close':
      return {
        kind,
        ...common,
        connection: fields.get('connection', count),
        hadError: fields.get('hadError', oneOf(true, false)),
      };
    case 'note':
      return {
        kind,
        ...common,
        vantage: fields.get('vantage', oneOf('server', 'box')),
        ...fields.optional('connection', count),
        name: fields.get('name', kebabCase),
        data: fields.record('data'),
      };
    case 'dropped':
      return {
        kind,
        ...common,
        events: fields.get('events', count),
        octets: fields.get('octets', count),
      };
  }
}

function readOctets(fields: JsonFields): Uint8Array {
  const octets = octetsFromBase64(fields.get('octets', anyText));
  if (octets === undefined) throw wrong(fields.pathOf('octets'), 'base64 with padding');
  return octets;
}

/**
 * Reads one event of a page that someone else wrote.
 *
 * @throws CapsuleError
 */
export function pageEventFromJson(value: unknown, path: string): PageEvent {
  const fields = new JsonFields(value, path);
  return {
    t: fields.get('t', time),
    name: fields.get('name', kebabCase),
    data: fields.record('data') satisfies Readonly<Record<string, Json>>,
  };
}
