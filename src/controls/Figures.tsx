/** One figure: a number with its unit, and what it counts. */
export type Figure = { readonly value: string; readonly label: string };

/** The figures under a panel. A figure that is not known yet is written as `–`. */
export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl class="figures">
      {figures.map(({ value, label }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
