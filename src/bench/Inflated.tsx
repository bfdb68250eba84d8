import type { Row } from '#capture/row.ts';
import { hexFromOctets } from '#protocol/octets.ts';
import { formatCount } from '#controls/number-format.ts';
import type { BenchModel } from './bench-model.ts';
import { visibleText } from './visible-text.ts';

/** So many octets are drawn. */
const SHOWN = 256;
/** A message’s row comes after its last frame’s; further on is not looked. */
const MAX_ROWS_BETWEEN = 500;

/** What a compressed message, or the one that a frame belongs to, inflates to. RFC 7692 §7.2.2. */
export function Inflated({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  const message = row.kind === 'ws.message' ? row : messageOf(row, model);
  if (message?.data['compressed'] !== true) return null;
  const { deflatedLength, length, type } = message.data;
  const deflated = `${formatCount(Number(deflatedLength))} bytes`;
  if (message.detail?.type !== 'inflated') {
    return (
      <p class="inflated">
        The {deflated} of this compressed message could not be inflated
        {message.data['contextLost'] === true &&
          ': they refer to an earlier message that could not be read either'}
        .
      </p>
    );
  }
  const shown = message.detail.begin.subarray(0, SHOWN);
  return (
    <dl class="inflated" role="group" aria-label="Inflated">
      <dt>
        The message: {deflated}, inflated to {formatCount(Number(length))}
        {Number(length) > shown.length && `, of which the first ${shown.length}`}
      </dt>
      <dd>{hexFromOctets(shown, ' ')}</dd>
      {type === 'text' && (
        <>
          <dt>as text</dt>
          <dd>{visibleText(beginOfText(shown))}</dd>
        </>
      )}
    </dl>
  );
}

function messageOf(row: Row, { store }: BenchModel): Row | undefined {
  if (row.kind !== 'ws.frame') return undefined;
  for (let number = row.number + 1; number <= row.number + MAX_ROWS_BETWEEN; number++) {
    const next = store.row(number);
    if (next === undefined) return undefined;
    const { frames } = next.data;
    if (Array.isArray(frames) && frames.includes(row.number)) return next;
  }
  return undefined;
}

/** A character that the cut goes through is left out. */
const beginOfText = (octets: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(octets, { stream: true });
