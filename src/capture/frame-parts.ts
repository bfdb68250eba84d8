import { hexFromOctets } from '#protocol/octets.ts';
import type { Frame } from '#protocol/websocket/frame.ts';
import { Opcode, opcodeName } from '#protocol/websocket/opcode.ts';
import { cutValue, type Part, type PartName } from './part-list.ts';
import { textPreview } from './text-preview.ts';

type NamedBits = readonly [name: PartName, bitLength: number, value: string, section?: string];

const MAX_HEX_OCTETS = 32;

/**
 * Names every bit of a frame. RFC 6455 §5.2.
 *
 * Masked payload data is shown as it is on the wire; of a masked Close frame the parts say what
 * they mean unmasked.
 */
export function frameParts(frame: Frame): readonly Part[] {
  const parts: Part[] = [];
  let bitOffset = 0;
  for (const [name, bitLength, value, section = 'RFC 6455 §5.2'] of [
    ...headerBits(frame),
    ...payloadBits(frame),
  ]) {
    if (bitLength === 0) continue;
    parts.push({ name, bitOffset, bitLength, value: cutValue(value), section });
    bitOffset += bitLength;
  }
  return parts;
}

function headerBits(frame: Frame): NamedBits[] {
  const { opcode, lengthForm, payloadLength, maskingKey } = frame;
  const bit = (isSet: boolean) => (isSet ? '1' : '0');
  const inSeven = lengthForm === 7 ? payloadLength : lengthForm === 16 ? 126 : 127;
  return [
    ['fin', 1, bit(frame.fin)],
    ['rsv1', 1, bit(frame.rsv1)],
    ['rsv2', 1, bit(frame.rsv2)],
    ['rsv3', 1, bit(frame.rsv3)],
    ['opcode', 4, `${opcode.toString(16)} (${opcodeName(opcode)})`],
    ['mask', 1, bit(frame.masked)],
    ['payload-length', 7, String(inSeven)],
    ['extended-payload-length', lengthForm === 7 ? 0 : lengthForm, String(payloadLength)],
    [
      'masking-key',
      maskingKey ? 32 : 0,
      hexFromOctets(maskingKey ?? new Uint8Array(0), ' '),
      'RFC 6455 §5.3',
    ],
  ];
}

function payloadBits(frame: Frame): NamedBits[] {
  const { applicationData, payload } = frame;
  if (frame.opcode === Opcode.close && payload.length >= 2) {
    const [high = 0, low = 0] = applicationData;
    const reason = applicationData.subarray(2);
    const section = 'RFC 6455 §5.5.1';
    return [
      ['close-code', 16, String(high * 256 + low), section],
      ['close-reason', reason.length * 8, textPreview(reason) ?? hexPreview(reason), section],
    ];
  }
  const isShown = !frame.masked && !frame.rsv1 && frame.opcode !== Opcode.binary;
  const text = isShown ? textPreview(payload) : undefined;
  return [['payload-data', payload.length * 8, text ?? hexPreview(payload)]];
}

function hexPreview(octets: Uint8Array): string {
  const hex = hexFromOctets(octets.subarray(0, MAX_HEX_OCTETS), ' ');
  return octets.length > MAX_HEX_OCTETS ? `${hex} …` : hex;
}
