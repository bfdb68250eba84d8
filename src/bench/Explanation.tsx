import type { Part } from '#capture/part-list.ts';
import { formatCount } from '#controls/number-format.ts';
import { fieldWords } from '#words/fields.ts';
import { octetWords } from '#words/octets.ts';
import { partWords } from '#words/parts.ts';
import { sizeOf } from './part-size.ts';
import { SectionLink } from './SectionLink.tsx';
import { visibleText } from './visible-text.ts';

/** What one part of a row is: its name, its value, one plain sentence, and its section. */
export function Explanation({
  parts,
  active,
}: {
  readonly parts: readonly Part[];
  readonly active: number;
}) {
  const part = parts[active];
  if (part === undefined) return null;
  const { title, sentence } = partWords[part.name];
  const field = fieldOf(parts, active);
  const known = field === undefined ? undefined : fieldWords[field.toLowerCase()];
  return (
    <div class="octets-explanation">
      <h3>
        {title} · {sizeOf(part)}
      </h3>
      {part.value !== '' && part.name !== 'payload-data' && part.name !== 'body' && (
        <p class="octets-value">{visibleText(shorten(valueOf(part)))}</p>
      )}
      <p>{sentence}</p>
      <p>
        <SectionLink section={part.section} />
      </p>
      {field !== undefined && known !== undefined && (
        <>
          <p>
            <b>{visibleText(field)}</b>: {known.sentence}
          </p>
          <p>
            <SectionLink section={known.section} />
          </p>
        </>
      )}
    </div>
  );
}

/** The name of the header field that a part of a line belongs to. */
function fieldOf(parts: readonly Part[], active: number): string | undefined {
  for (let index = active; index >= 0; index--) {
    const { name, value } = parts[index]!;
    if (name === 'field-name')
      return Object.hasOwn(fieldWords, value.toLowerCase()) ? value : undefined;
    if (name !== 'field-value' && name !== 'field-separator' && name !== 'withheld')
      return undefined;
  }
  return undefined;
}

function valueOf({ name, value }: Part): string {
  if (name !== 'chunk-size' || !/^[0-9a-f]{1,8}$/i.test(value)) return value;
  return octetWords.chunkSize(value, formatCount(Number.parseInt(value, 16)));
}

const shorten = (text: string) => (text.length > 160 ? `${text.slice(0, 160)}…` : text);
