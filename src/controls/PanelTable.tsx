import type { ComponentChildren } from 'preact';

type Props = {
  /** What a screen reader calls it. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Of the demo's style sheet. */
  readonly class?: string;
  /** Its rows. */
  readonly children: ComponentChildren;
};

/** A table in a panel. Where it is too wide, it is scrolled, by keyboard too: so it can have the focus. */
export const PanelTable = ({ name, columns, class: own, children }: Props) => (
  <div
    class={own === undefined ? 'panel-table' : `panel-table ${own}`}
    tabIndex={0}
    role="region"
    aria-label={name}
  >
    <table>
      <thead>
        <tr>
          {columns.map((column, index) => (
            <th scope="col" key={index}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </div>
);
