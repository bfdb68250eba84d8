import { parseHttpDate } from '#protocol/fields/http-date.ts';
import { trimWhitespace } from '#protocol/fields/whitespace.ts';
import { MAX_DELTA_SECONDS } from './cache-control.ts';
import type { StoredResponse } from './stored-response.ts';

/** The parts of an age, under RFC 9111's names. */
export type Age = {
  readonly apparentAge: number;
  readonly correctedAgeValue: number;
  readonly residentTime: number;
  /** All in seconds. */
  readonly currentAge: number;
};

/** Computes how long ago a response was generated or last validated. RFC 9111 §4.2.3. */
export function currentAge(response: StoredResponse, nowMs: number): Age {
  const { fields, requestTimeMs, responseTimeMs } = response;
  const date = parseHttpDate(fields['date'] ?? '', responseTimeMs)?.ms ?? responseTimeMs;
  const age = ageValue(fields['age']);
  const apparentAge = Math.max(0, (responseTimeMs - date) / 1000);
  const correctedAgeValue = age + (responseTimeMs - requestTimeMs) / 1000;
  const residentTime = (nowMs - responseTimeMs) / 1000;
  return {
    apparentAge,
    correctedAgeValue,
    residentTime,
    currentAge: Math.max(apparentAge, correctedAgeValue) + residentTime,
  };
}

/** RFC 9111 §5.1: of a list its first member; what is no number is ignored. */
function ageValue(fieldValue = ''): number {
  const [first = ''] = fieldValue.split(',');
  return /^\d+$/.test(trimWhitespace(first)) ? Math.min(Number(first), MAX_DELTA_SECONDS) : 0;
}
