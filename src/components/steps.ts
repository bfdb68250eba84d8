/** A place in a lesson that has an address of its own. */
export type Place = { readonly id: string; readonly title: string };

function attribute(tag: string, name: string): string | undefined {
  const [, double, single] = new RegExp(`\\b${name}=(?:"([^"]*)"|'([^']*)')`).exec(tag) ?? [];
  return double ?? single;
}

/** Reads a lesson's steps from its source, in order: its `<Step id="…" title="…">` elements. */
export function stepsOf(body: string): readonly Place[] {
  const prose = body.replace(/```[\s\S]*?```/g, '');
  return [...prose.matchAll(/<Step\b[^>]*>/g)].flatMap(([tag]) => {
    const id = attribute(tag, 'id');
    const title = attribute(tag, 'title');
    return id && title ? [{ id, title }] : [];
  });
}
