import type { Frame } from '#protocol/websocket/frame.ts';
import { formatCount } from '#controls/number-format.ts';
import { visibleText } from './visible-text.ts';

/** So many octets are worked out one by one. */
const SHOWN = 16;

const hex = (octet: number) => octet.toString(16).padStart(2, '0');

/** Payload as sent ⊕ masking key = payload as meant, octet by octet. RFC 6455 §5.3. */
export function Unmasking({ frame }: { readonly frame: Frame }) {
  const { maskingKey, payload, applicationData } = frame;
  if (maskingKey === undefined || payload.length === 0) return null;
  const columns = Array.from(payload.subarray(0, SHOWN), (octet, index) => ({
    sent: hex(octet),
    key: hex(maskingKey[index % 4] ?? 0),
    meant: hex(applicationData[index] ?? 0),
    character: character(applicationData[index] ?? 0),
  }));
  return (
    <div class="unmasking" tabIndex={0} role="region" aria-label="Unmasking">
      <table>
        <caption>
          Unmasking
          {payload.length > SHOWN && `, the first ${SHOWN} of ${formatCount(payload.length)}`}
        </caption>
        <tbody>
          <Line name="sent" cells={columns.map(({ sent }) => sent)} tone="ws" />
          <Line name="⊕ key" cells={columns.map(({ key }) => key)} tone="control" />
          <Line name="= meant" cells={columns.map(({ meant }) => meant)} tone="ws" />
          <Line name="as text" cells={columns.map((column) => column.character)} tone="dim" />
        </tbody>
      </table>
    </div>
  );
}

function Line({
  name,
  cells,
  tone,
}: {
  readonly name: string;
  readonly cells: readonly string[];
  readonly tone: string;
}) {
  return (
    <tr class={`part-${tone}`}>
      <th scope="row">{name}</th>
      {cells.map((cell, index) => (
        <td key={index}>{cell}</td>
      ))}
    </tr>
  );
}

/** ASCII as it is; an octet of a longer character alone is no character. */
const character = (octet: number) =>
  octet < 0x80 ? visibleText(octet === 0x20 ? '␠' : String.fromCharCode(octet)) : '…';
