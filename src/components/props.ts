/**
 * Checks what a lesson passes to a component, while it is rendered: props in `.mdx` have no types.
 *
 * @throws with a sentence that names lesson, component and prop.
 */
export function propsOf(component: string, url: URL) {
  const lesson = url.pathname.replace(/^\/lessons\/|\/$/g, '') || '/';
  const refuse = (prop: string, rule: string): never => {
    throw new Error(`Lesson "${lesson}": <${component}> ${prop} ${rule}.`);
  };
  const text = (prop: string, value: unknown): string =>
    typeof value === 'string' && value.trim() !== ''
      ? value
      : refuse(prop, 'is missing, or is no text');
  return {
    lesson,
    refuse,
    text,
    /** A name for addresses: kebab-case. */
    id(prop: string, value: unknown): string {
      const id = text(prop, value);
      return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)
        ? id
        : refuse(prop, `is "${id}", but must be kebab-case, such as "six-bytes"`);
    },
    /** Two to six options, each different. */
    options(prop: string, value: unknown): readonly string[] {
      const options: unknown[] = Array.isArray(value) ? value : [];
      const words = options.map(String);
      const good = words.length >= 2 && words.length <= 6 && new Set(words).size === words.length;
      return good ? words : refuse(prop, 'must be a list of two to six different options');
    },
    /** One of the options, named by its text or by its place from 0. */
    answer(prop: string, value: unknown, options: readonly string[]): string {
      if (options.includes(String(value))) return String(value);
      const option = typeof value === 'number' ? options[value] : undefined;
      return option ?? refuse(prop, `is ${JSON.stringify(value)}, but must be one of the options`);
    },
  };
}
