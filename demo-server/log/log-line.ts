/** One thing that happened; `undefined` members are left out. */
export type LogEntry = { readonly kind: string } & Readonly<
  Record<string, string | number | undefined>
>;

const MAX_VALUE = 200;

/**
 * Writes an entry as one line of JSON that a terminal can show as it is.
 *
 * Everything but printable ASCII is escaped: control octets could move the cursor or colour the
 * screen, C1 can too, and bidirectional marks let text read as what it is not.
 */
export function logLine(entry: LogEntry): string {
  const bounded = Object.entries(entry).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.slice(0, MAX_VALUE) : value,
  ]);
  return `${JSON.stringify(Object.fromEntries(bounded)).replaceAll(/[^\x20-\x7e]/g, escape)}\n`;
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
