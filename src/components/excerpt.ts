const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#x27': "'",
};

/**
 * Splits an excerpt of Pagefind, where found words stand between `<mark>` and `</mark>`, into parts
 * for text nodes. Everything else that looks like markup stays text.
 */
export function excerptParts(
  excerpt: string,
): readonly { readonly text: string; readonly marked: boolean }[] {
  const parts: { text: string; marked: boolean }[] = [];
  let marked = false;
  for (const piece of excerpt.split(/(<\/?mark>)/)) {
    if (piece === '<mark>' || piece === '</mark>') marked = piece === '<mark>';
    else if (piece) {
      const text = piece.replace(/&(\w+|#\w+);/g, (whole, name: string) => entities[name] ?? whole);
      parts.push({ text, marked });
    }
  }
  return parts;
}
