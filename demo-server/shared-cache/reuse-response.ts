import { answerConditional } from '#protocol/http-cache/validation.ts';
import { currentAge } from '#protocol/http-cache/current-age.ts';

import type { Asked } from './asked.ts';
import { without, type Fields, type StoredEntry } from './stored-entry.ts';

/** RFC 9110 §15.4.5: a 304 tells nothing of a content that it does not bring. */
export const ofContent = new Set([
  'content-length',
  'content-type',
  'content-encoding',
  'content-language',
  'content-range',
]);

/**
 * Decides on a client's own condition for what the cache is about to send. RFC 9111 §4.3.2.
 *
 * @param current the fields of the response that a 200 would be
 */
export function conditionHolds(
  requestFields: Fields,
  statusCode: number,
  current: Fields,
  nowMs: number,
): boolean {
  if (statusCode !== 200) return false;
  // Without Last-Modified, its Date is compared.
  const lastModified = current['last-modified'] ?? current['date'];
  const validators = { ...current, ...(lastModified && { 'last-modified': lastModified }) };
  return answerConditional(requestFields, validators, nowMs).statusCode === 304;
}

/**
 * Answers from the store: the stored response, or 304 if that is what the client has.
 *
 * @param isValidated whether the origin has been asked for this request: then there is no `Age`
 */
export function reuseResponse(
  { method, fields, response }: Asked,
  entry: StoredEntry,
  nowMs: number,
  isValidated: boolean,
): void {
  const { statusCode, reasonPhrase, rawFields, content } = entry;
  const age = Math.floor(currentAge(entry, nowMs).currentAge);
  const aged = isValidated ? rawFields : [...without(rawFields, AGE), 'Age', String(age)];
  if (conditionHolds(fields, statusCode, entry.fields, nowMs)) {
    response.writeHead(304, 'Not Modified', without(aged, ofContent)).end();
    return;
  }
  const hasLength = entry.fields['content-length'] !== undefined;
  const framed = hasLength || statusCode === 204 ? [] : ['Content-Length', String(content.length)];
  response.writeHead(statusCode, reasonPhrase, [...aged, ...framed]);
  response.end(method === 'HEAD' ? undefined : content);
}

const AGE = new Set(['age']);
