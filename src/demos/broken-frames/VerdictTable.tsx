import { PanelTable } from '#controls/PanelTable.tsx';
import { violationWords, type RuleCode } from '#words/violations.ts';
import type { Sent, Verdict } from './verdicts.ts';
import { words } from './words.ts';

/** Two readers of the same octets: our reading of RFC 6455, and what `ws` did. */
export function VerdictTable({ verdict }: { readonly verdict: Verdict }) {
  const { sent, answers, strictCode, differs, onTheWire } = verdict;
  return (
    <>
      <PanelTable class="verdicts" name={words.table} columns={[words.sent, words.rfc]}>
        {sent.map((frame) => (
          <tr key={frame.row}>
            <th scope="row">{frame.what}</th>
            <td>{rulesOf(frame)}</td>
          </tr>
        ))}
      </PanelTable>
      <p class="panel-answer">
        <span>
          {words.ws}, {words.answered.toLowerCase()}
        </span>{' '}
        <output>{answers.length === 0 ? words.noAnswer : answers.join(', then ')}</output>
      </p>
      {strictCode !== undefined && answers.length > 0 && (
        <p class={differs ? 'panel-refused' : 'panel-hint'}>
          {differs ? words.differ : words.agree}
        </p>
      )}
      {onTheWire !== undefined && onTheWire.length > 0 && (
        <p class="panel-answer">
          <span>{words.onTheWire}</span> <output>{asText(onTheWire.subarray(0, 40))}</output>
        </p>
      )}
    </>
  );
}

function rulesOf({ broken }: Sent): string {
  if (broken.length === 0) return words.legal;
  return broken
    .map(({ code, section, closeCode }) => {
      const closes = closeCode === undefined ? '' : ` → ${closeCode}`;
      return `${violationWords[code as RuleCode]} ${section.replace('RFC 6455 ', '')}${closes}`;
    })
    .join(' ');
}

/** ASCII as it is, line ends as glyphs, and a dot for what is no character. */
function asText(octets: Uint8Array): string {
  return [...octets]
    .map((octet) => {
      if (octet === 0x0d) return '␍';
      if (octet === 0x0a) return '␊';
      return octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·';
    })
    .join('');
}
