/** Controls and formats (Cc, Cf) and line separators: invisible, and able to turn text round. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The controls that readers know by name. */
const names: Readonly<Record<number, string>> = {
  0x00: 'NUL',
  0x08: 'BS',
  0x09: 'TAB',
  0x0a: 'LF',
  0x0d: 'CR',
  0x1b: 'ESC',
  0x7f: 'DEL',
};

/**
 * Writes text so that nothing in it is invisible: `‹CR›`, `‹U+202E›`.
 *
 * Names and not control pictures (U+2400 on), which many fonts lack.
 */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (hidden) => {
    const code = hidden.codePointAt(0) ?? 0;
    return `‹${names[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
  });
}
