import { useState } from 'preact/hooks';
import type { Frame } from '#protocol/websocket/frame.ts';
import { formatCount } from '#controls/number-format.ts';
import { octetWords as words } from '#words/octets.ts';
import { visibleText } from './visible-text.ts';

/** So many octets are worked out one by one. */
const SHOWN = 16;

const hex = (octet: number) => octet.toString(16).padStart(2, '0');
const bits = (octet: number) => [...octet.toString(2).padStart(8, '0')];

/** Payload as sent ⊕ masking key = payload as meant, octet by octet and bit by bit. RFC 6455 §5.3. */
export function Unmasking({ frame }: { readonly frame: Frame }) {
  const { maskingKey, payload, applicationData } = frame;
  const [at, setAt] = useState(0);
  if (maskingKey === undefined || payload.length === 0) return null;
  const steps = Array.from(payload.subarray(0, SHOWN), (sent, index) => ({
    sent,
    key: maskingKey[index % 4] ?? 0,
    meant: applicationData[index] ?? 0,
  }));
  const step = steps[at] ?? steps[0]!;
  return (
    <div class="unmasking" role="group" aria-label={words.unmasking}>
      <p class="unmasking-title">
        {words.unmasking}
        {payload.length > SHOWN && words.firstOf(SHOWN, formatCount(payload.length))}
      </p>
      <div class="unmasking-columns">
        <div class="unmasking-names" aria-hidden="true">
          {words.unmaskingLines.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
        {steps.map(({ sent, key, meant }, index) => (
          <button
            key={index}
            type="button"
            aria-pressed={index === at}
            onClick={() => setAt(index)}
          >
            <span class="visually-hidden">{words.unmaskingStep(index + 1)}</span>
            <Value name="sent" octet={sent} tone="ws" />
            <Value name="key" octet={key} tone="control" />
            <Value name="meant" octet={meant} tone="ws" />
            <span class="part-dim">{character(meant)}</span>
          </button>
        ))}
      </div>
      <table class="unmasking-bits">
        <caption>{words.bitsOf(at + 1, at % 4)}</caption>
        <tbody>
          <Bits name={words.unmaskingLines[0]} octet={step.sent} tone="ws" />
          <Bits name={words.unmaskingLines[1]} octet={step.key} tone="control" />
          <Bits name={words.unmaskingLines[2]} octet={step.meant} tone="ws" flipped={step.key} />
        </tbody>
      </table>
    </div>
  );
}

/** A value below its name at the left, which who hears the page gets before each. */
function Value({
  name,
  octet,
  tone,
}: {
  readonly name: keyof typeof words.unmaskingNames;
  readonly octet: number;
  readonly tone: string;
}) {
  return (
    <span class={`part-${tone}`}>
      <span class="visually-hidden">{words.unmaskingNames[name]} </span>
      {hex(octet)}
    </span>
  );
}

/** @param flipped the bits that the key has turned over; they are marked. */
function Bits({
  name,
  octet,
  tone,
  flipped = 0,
}: {
  readonly name: string;
  readonly octet: number;
  readonly tone: string;
  readonly flipped?: number;
}) {
  return (
    <tr class={`part-${tone}`}>
      <th scope="row">{name}</th>
      {bits(octet).map((bit, index) => (
        <td key={index}>{((flipped >> (7 - index)) & 1) === 1 ? <u>{bit}</u> : bit}</td>
      ))}
      <td class="unmasking-hex">{hex(octet)}</td>
    </tr>
  );
}

/** ASCII as it is; an octet of a longer character alone is no character. */
const character = (octet: number) =>
  octet < 0x80 ? visibleText(octet === 0x20 ? '␠' : String.fromCharCode(octet)) : '…';
