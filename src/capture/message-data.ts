import type { Message } from '#protocol/websocket/message-assembler.ts';
import type { Inflated } from '#protocol/websocket/permessage-deflate.ts';
import type { Row } from './row.ts';
import { textPreview } from './text-preview.ts';

/** Of a message that was inflated, so many octets stay with its row, to be shown. */
export const MAX_INFLATED_KEPT = 4096;

/**
 * Plain values of a message's row.
 *
 * `length` is that of the message, as its receiver gets it; it is absent when a compressed message
 * could not be inflated. `deflatedLength` is that of what crossed the wire.
 *
 * @param frames numbers of its frames' rows
 * @param inflated of a compressed message
 */
export function messageData(
  message: Message,
  frames: readonly number[],
  inflated: Inflated | undefined,
): Row['data'] {
  const { type, compressed, fragments } = message;
  const applicationData = compressed ? inflated?.applicationData : message.applicationData;
  const text = type === 'text' && applicationData ? textPreview(applicationData) : undefined;
  return {
    type,
    ...(applicationData && { length: applicationData.length }),
    fragments,
    frames,
    ...(compressed && { compressed, deflatedLength: message.applicationData.length }),
    ...(inflated && { violations: inflated.violations }),
    ...(inflated?.contextLost && { contextLost: true }),
    ...(text !== undefined && { text }),
  };
}

/** What the octet view shows beside the deflated octets: the beginning of what they inflate to. */
export function messageDetail({ applicationData }: Inflated): Row['detail'] {
  if (applicationData === undefined) return undefined;
  const isCut = applicationData.length > MAX_INFLATED_KEPT;
  const begin = isCut ? applicationData.slice(0, MAX_INFLATED_KEPT) : applicationData;
  return { type: 'inflated', begin };
}
