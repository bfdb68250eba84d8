/** The first octet of a batch. */
export const BATCH_VERSION = 3;
/** Octets before the first event: version, time, count. */
export const BATCH_HEAD_LENGTH = 13;

/** Octets that are no batch of ours; the message says what was found where. */
export class WireBatchError extends Error {
  override readonly name = 'WireBatchError';
}

/** What a batch says of itself: all that a page reads of one before it looks at rows. */
export type BatchHead = {
  /** Milliseconds since the run began, when the batch was sent. */
  readonly now: number;
  /** How many events it says that it holds. */
  readonly count: number;
};

/**
 * Reads the head of a batch and nothing else.
 *
 * @throws WireBatchError when it is no batch of this version.
 */
export function readBatchHead(octets: Uint8Array): BatchHead {
  const missing = BATCH_HEAD_LENGTH - octets.length;
  if (missing > 0) throw new WireBatchError(`Batch ends ${missing} octets too early`);
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength);
  const version = view.getUint8(0);
  if (version !== BATCH_VERSION) {
    throw new WireBatchError(
      `Batch of version ${version}, this page reads ${BATCH_VERSION}: reload it`,
    );
  }
  const now = view.getFloat64(1);
  if (!Number.isFinite(now)) throw new WireBatchError('Batch without a time');
  return { now, count: view.getUint32(9) };
}
