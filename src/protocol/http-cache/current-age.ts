import { parseHttpDate } from '#protocol/fields/http-date.ts';
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
  const age = /^\d+$/.test(fields['age'] ?? '') ? Number(fields['age']) : 0;
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
