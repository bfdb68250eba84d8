import { BoxCases, type BoxCase } from '#demo/box-cases.ts';

/** Where somebody has met such a box, with year and source. */
export function Cases({ path }: { readonly path: string }) {
  return (
    <>
      {casesOf(path).map(({ box, does, happened, year, source }) => (
        <p key={box} class="panel-hint">
          <b>{box}</b>. {does} <b>{year}</b>: {happened} <a href={source.href}>{source.title}</a>
        </p>
      ))}
    </>
  );
}

function casesOf(path: string): readonly BoxCase[] {
  return path.split('+').flatMap((box) => BoxCases.filter((one) => one.box === box));
}
