import { hopByHopFields } from '#protocol/fields/connection.ts';
import {
  matchesStrongly,
  matchesWeakly,
  parseEntityTag,
  parseEntityTags,
} from '#protocol/fields/entity-tag.ts';
import { parseHttpDate } from '#protocol/fields/http-date.ts';
import type { StoredResponse } from './stored-response.ts';

type Fields = Readonly<Record<string, string>>;

/** The fields that ask the origin whether a stored response still holds. RFC 9111 §4.3.1. */
export function validationFields({ fields }: StoredResponse): Fields {
  const { etag, 'last-modified': lastModified } = fields;
  return {
    ...(etag !== undefined && { 'if-none-match': etag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** What an origin answers to a conditional GET, and the rule that says so. */
export type ConditionalAnswer = {
  readonly statusCode: 200 | 304;
  readonly reason:
    | 'UNCONDITIONAL'
    | 'ETAG_MATCHES'
    | 'ETAG_DIFFERS'
    | 'NOT_MODIFIED_SINCE'
    | 'MODIFIED_SINCE'
    | 'DATE_INVALID';
  readonly section: string;
};

/**
 * Decides on a conditional GET for what the origin has now. RFC 9110 §13.2.2, steps 3 and 4.
 *
 * @param current the validators that a 200 would carry, by lower-case name
 */
export function answerConditional(
  requestFields: Fields,
  current: Fields,
  nowMs: number,
): ConditionalAnswer {
  const ifNoneMatch = requestFields['if-none-match'];
  if (ifNoneMatch !== undefined) {
    // Where there are tags, the date is not looked at.
    const matches = matchesAny(ifNoneMatch, current['etag']);
    const section = 'RFC 9110 §13.1.2';
    return matches
      ? { statusCode: 304, reason: 'ETAG_MATCHES', section }
      : { statusCode: 200, reason: 'ETAG_DIFFERS', section };
  }
  const since = requestFields['if-modified-since'];
  const section = 'RFC 9110 §13.1.3';
  if (since === undefined) return { statusCode: 200, reason: 'UNCONDITIONAL', section };
  const sinceDate = parseHttpDate(since, nowMs);
  const modified = parseHttpDate(current['last-modified'] ?? '', nowMs);
  if (sinceDate === undefined || modified === undefined) {
    return { statusCode: 200, reason: 'DATE_INVALID', section };
  }
  return modified.ms <= sinceDate.ms
    ? { statusCode: 304, reason: 'NOT_MODIFIED_SINCE', section }
    : { statusCode: 200, reason: 'MODIFIED_SINCE', section };
}

function matchesAny(ifNoneMatch: string, etag: string | undefined): boolean {
  const tags = parseEntityTags(ifNoneMatch);
  if (tags === '*') return true;
  const tag = parseEntityTag(etag ?? '');
  return tag !== undefined && (tags ?? []).some((one) => matchesWeakly(one, tag));
}

/** Whether a 304 renews a stored response, and the rule that says so. */
export type FresheningDecision = {
  readonly freshens: boolean;
  readonly reason: 'STRONG_ETAG' | 'WEAK_ETAG' | 'LAST_MODIFIED' | 'NO_VALIDATORS' | 'DIFFERENT';
  readonly section: string;
};

/**
 * Tells whether a 304 is about this stored response. RFC 9111 §4.3.4.
 *
 * One without validators is about a response that lacks them too, if no other is stored that could
 * have been chosen for the request: of that, the caller has to make sure.
 */
export function decideFreshening(stored: StoredResponse, notModified: Fields): FresheningDecision {
  const section = 'RFC 9111 §4.3.4';
  const [theirs, ours] = [notModified, stored.fields].map(({ etag = '' }) => parseEntityTag(etag));
  if (theirs !== undefined) {
    if (ours === undefined) return { freshens: false, reason: 'DIFFERENT', section };
    if (matchesStrongly(theirs, ours)) return { freshens: true, reason: 'STRONG_ETAG', section };
    const isWeakly = theirs.weak && matchesWeakly(theirs, ours);
    return { freshens: isWeakly, reason: isWeakly ? 'WEAK_ETAG' : 'DIFFERENT', section };
  }
  const lastModified = notModified['last-modified'];
  if (lastModified !== undefined) {
    const isSame = lastModified === stored.fields['last-modified'];
    return { freshens: isSame, reason: isSame ? 'LAST_MODIFIED' : 'DIFFERENT', section };
  }
  const lacksValidators = ours === undefined && stored.fields['last-modified'] === undefined;
  return { freshens: lacksValidators, reason: 'NO_VALIDATORS', section };
}

/**
 * Names of the fields of a message that no stored response takes over: they concern the connection
 * or the proxy on the way, or the length of a content that did not come. RFC 9111 §3.1 and §3.2.
 */
export function notForUpdate(connection: string | undefined): ReadonlySet<string> {
  return new Set([...ofProxy, ...ofMessage, ...hopByHopFields(connection)]);
}

const ofProxy = ['proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization'];
const ofMessage = ['content-length', 'content-range'];

/** Puts a 304's fields over the stored ones, and its times in place of theirs. RFC 9111 §3.2. */
export function freshen(
  stored: StoredResponse,
  notModified: Fields,
  times: Pick<StoredResponse, 'requestTimeMs' | 'responseTimeMs'>,
): StoredResponse {
  const kept = notForUpdate(notModified['connection']);
  const updates = Object.entries(notModified).filter(([name]) => !kept.has(name));
  // Age is of the response that brought it: the old one says nothing about the new.
  const old = Object.entries(stored.fields).filter(([name]) => name !== 'age');
  return { ...stored, ...times, fields: Object.fromEntries([...old, ...updates]) };
}
