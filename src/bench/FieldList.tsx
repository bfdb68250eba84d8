import { useState } from 'preact/hooks';
import type { Part } from '#capture/part-list.ts';
import { formatCount } from '#controls/number-format.ts';
import { octetWords as words } from '#words/octets.ts';
import { partWords } from '#words/parts.ts';
import { visibleText } from './visible-text.ts';

/** More would be slow to draw, and nobody reads them. */
const SHOWN = 200;

type Props = {
  readonly parts: readonly Part[];
  readonly active: number;
  readonly choose: (index: number) => void;
};

/** The row's fields in a list, with their places and values: another way to walk them. */
export function FieldList({ parts, active, choose }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="field-list" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{words.fieldList(formatCount(parts.length))}</summary>
      {isOpen && (
        <ol>
          {parts.slice(0, SHOWN).map((part, index) => (
            <li key={index}>
              <button
                type="button"
                aria-current={index === active ? 'true' : undefined}
                onClick={() => choose(index)}
              >
                <span class="field-place">{placeOf(part)}</span>
                <span>{partWords[part.name].title}</span>
                <span class="field-value">{visibleText(part.value.slice(0, 40))}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
      {isOpen && parts.length > SHOWN && <p>{words.fieldListCut(formatCount(SHOWN))}</p>}
    </details>
  );
}

/** The number of its first byte, from 0; of bits with the bit's number behind a point. */
function placeOf({ bitOffset, bitLength }: Part): string {
  const octet = Math.floor(bitOffset / 8);
  return bitLength % 8 === 0 && bitOffset % 8 === 0 ? `${octet}` : `${octet}.${bitOffset % 8}`;
}
