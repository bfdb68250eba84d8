import type { Part } from '#capture/part-list.ts';
import { partTone } from './octet-text.ts';

type Props = {
  readonly parts: readonly Part[];
  readonly octets: Uint8Array;
  /** The attributes that make a part of these an option to walk to. */
  readonly option: (index: number) => object;
};

const names: Readonly<Record<string, string>> = {
  fin: 'FIN',
  rsv1: 'R1',
  rsv2: 'R2',
  rsv3: 'R3',
  opcode: 'op',
  mask: 'MSK',
  'payload-length': 'len',
};

/** A frame's first two octets, bit by bit, as in the figure of RFC 6455 §5.2. */
export function FrameBits({ parts, octets, option }: Props) {
  const word = ((octets[0] ?? 0) << 8) | (octets[1] ?? 0);
  const bit = (offset: number) => (word >> (15 - offset)) & 1;
  return (
    <div class="bits" role="presentation">
      {parts.map(({ name, bitOffset, bitLength }, index) =>
        bitOffset >= 16 ? null : (
          <div
            key={name}
            class={`bits-part bits-${bitLength} part-${partTone(name)}`}
            {...option(index)}
          >
            {Array.from({ length: bitLength }, (_, at) => (
              <span key={at} class="bit">
                <small>{names[name]}</small>
                <b>{bit(bitOffset + at)}</b>
              </span>
            ))}
          </div>
        ),
      )}
    </div>
  );
}
