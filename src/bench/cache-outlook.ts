import type { Row } from '#capture/row.ts';
import { parseHttpDate } from '#protocol/fields/http-date.ts';
import { currentAge } from '#protocol/http-cache/current-age.ts';
import {
  freshnessLifetime,
  type FreshnessLifetime,
} from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse, type ReuseDecision } from '#protocol/http-cache/reuse.ts';
import { decideStorage, type StorageDecision } from '#protocol/http-cache/storage.ts';
import { dataText } from './row-data.ts';

/** What one kind of cache will do with an answer. */
export type CacheOutlook = {
  readonly storage: StorageDecision;
  readonly lifetime: FreshnessLifetime;
  readonly reuse: ReuseDecision;
  /** Seconds of freshness that are left; below 0 it has been stale for so long. */
  readonly left: number;
};

type Fields = Readonly<Record<string, string>>;
const fieldsOf = (row: Row | undefined): Fields => (row?.data['fields'] ?? {}) as Fields;

/**
 * Says what a cache will do with a response that it gets now, by the rules of `#protocol/http-cache`.
 *
 * @param nowMs on the run's clock, as the row's `t`
 */
export function cacheOutlook(
  response: Row,
  request: Row | undefined,
  nowMs: number,
  isShared: boolean,
): CacheOutlook {
  const fields = fieldsOf(response);
  const statusCode = Number(response.data['statusCode']);
  // The run's clock does not know the date; the answer's own Date does, to the second.
  const receivedMs = parseHttpDate(fields['date'] ?? '', 0)?.ms ?? 0;
  const stored = {
    statusCode,
    fields,
    requestFields: fieldsOf(request),
    requestTimeMs: receivedMs - Math.max(0, response.t - (request?.t ?? response.t)),
    responseTimeMs: receivedMs,
  };
  const thenMs = receivedMs + Math.max(0, nowMs - response.t);
  const lifetime = freshnessLifetime(stored, { isShared });
  return {
    storage: decideStorage(
      {
        method: dataText(response.data, 'method'),
        requestFields: fieldsOf(request),
        statusCode,
        fields,
      },
      { isShared },
    ),
    lifetime,
    reuse: decideReuse(stored, thenMs, { isShared, requestFields: fieldsOf(request) }),
    left: lifetime.seconds - currentAge(stored, thenMs).currentAge,
  };
}
