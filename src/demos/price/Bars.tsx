import { formatCount } from '#controls/number-format.ts';
import { total, type Layers } from './bill.ts';

/** One bar: what it is of, who says so, its layers; without layers nothing was sent yet. */
export type Bar = {
  readonly name: string;
  readonly mark?: 'RECORDED' | 'MODEL';
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
              <span class="price-bar" aria-hidden="true">
                {shown.map(([part]) => (
                  <i
                    key={part}
                    class={`is-${part}`}
                    style={{ width: `${(each[part] / longest) * 100}%` }}
                  />
                ))}
              </span>
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

/** Averages may have parts of a byte. */
const inBytes = (octets: number): string =>
  Number.isInteger(octets) ? formatCount(octets) : octets.toFixed(1);
