import { Fragment } from 'preact';
import type { Row } from '#capture/row.ts';
import { octetWords as words } from '#words/octets.ts';
import { dataText } from './row-data.ts';
import { rowWords } from './row-words.ts';
import { visibleText } from './visible-text.ts';

/** More of a value would be slow to draw, and nobody reads it. */
const SHOWN = 1000;

/** A row without octets of its own, told whole: timeline and list may cut its end off. */
export function RowNote({ row }: { readonly row: Row }) {
  const { title, detail } = rowWords(row);
  const values = row.vantage === 'wire' ? [] : valuesOf(row);
  return (
    <>
      <div class="octets-head">
        <h3>{words.rowTitle(row.number, title)}</h3>
        <p>{whyNone(row)}</p>
      </div>
      {values.length > 0 ? (
        <dl class="note-values">
          {values.map(([name, value]) => (
            <Fragment key={name}>
              <dt>{visibleText(name)}</dt>
              <dd>{visibleText(value)}</dd>
            </Fragment>
          ))}
        </dl>
      ) : (
        detail !== '' && <p class="note-detail">{detail}</p>
      )}
    </>
  );
}

const valuesOf = ({ data }: Row) =>
  Object.keys(data)
    .filter((name) => name !== 'name')
    .map((name) => [name, shorten(dataText(data, name))] as const)
    .filter(([, value]) => value !== '');

const shorten = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);

function whyNone({ kind, vantage }: Row): string {
  if (vantage !== 'wire') return words.notes[vantage];
  if (kind.startsWith('tcp.')) return words.tcpNote;
  if (kind === 'ws.handshake') return words.handshakeNote;
  return kind === 'dropped' ? '' : words.wholeNote;
}
