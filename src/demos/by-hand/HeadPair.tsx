import type { Row } from '#capture/row.ts';
import { headsOf } from './steps.ts';

/** Request and response, one below the other, and what follows their last empty line. */
export function HeadPair({ rows, hasSwitched }: { rows: readonly Row[]; hasSwitched: boolean }) {
  const { request, response } = headsOf(rows);
  if (request === undefined) return null;
  return (
    <>
      <div class="head-pair">
        <Head name="Your browser asked" text={request} />
        <Head name="You answered" text={response} />
      </div>
      {hasSwitched && <p class="head-switch">From the next byte on, this is not HTTP.</p>}
    </>
  );
}

function Head({ name, text }: { readonly name: string; readonly text: string | undefined }) {
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <pre tabIndex={0} role="region" aria-label={name}>
        {text ?? 'nothing yet'}
      </pre>
    </figure>
  );
}
