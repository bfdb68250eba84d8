import { formatCount } from '#controls/number-format.ts';
import { total, type Layers } from './bill.ts';

/** One bar: what it is of, who says so, its layers; without layers nothing was sent yet. */
export type Bar = {
  readonly name: string;
  readonly mark?: 'ROBOT';
  readonly each: Layers | undefined;
};

const parts = [
  ['payload', 'payload'],
  ['around', 'heads or framing'],
  ['tls', 'TLS'],
  ['tcp', 'TCP/IP'],
] as const;

/** Octets of one message by layers, all bars on one scale. */
export function Bars({ bars, layers }: { readonly bars: readonly Bar[]; readonly layers: string }) {
  const shown = layers === 'all' ? parts : parts.slice(0, 2);
  const longest = Math.max(1, ...bars.map(({ each }) => (each ? total(each, layers) : 0)));
  return (
    <ol class="price-bars" aria-label="Bytes of one message">
      {bars.map(({ name, mark, each }) => (
        <li key={name}>
          <span class="price-name">
            {name}
            {mark !== undefined && <em> {mark}</em>}
          </span>
          <b>{each === undefined ? 'not sent yet' : `${inBytes(total(each, layers))} B`}</b>
          {each !== undefined && (
            <>
              <Strip each={each} shown={shown.map(([part]) => part)} longest={longest} />
              <span class="price-sum">
                {shown.map(([part, label]) => `${inBytes(each[part])} ${label}`).join(' + ')}
              </span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

type StripProps = {
  readonly each: Layers;
  readonly shown: readonly (keyof Layers)[];
  readonly longest: number;
};

/** Drawn with attributes: our Content-Security-Policy allows no styles in a page. */
function Strip({ each, shown, longest }: StripProps) {
  let x = 0;
  return (
    <svg class="price-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
      {shown.map((part) => {
        const [from, width] = [x, (1000 * each[part]) / longest];
        x += width;
        return <rect key={part} class={`is-${part}`} x={from} y={0} width={width} height={10} />;
      })}
    </svg>
  );
}

/** Averages may have parts of a byte. */
const inBytes = (octets: number): string =>
  Number.isInteger(octets) ? formatCount(octets) : octets.toFixed(1);
