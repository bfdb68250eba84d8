/** The part of a Shiki transformer that is used here. */
type Element = { properties: Record<string, unknown> };

/**
 * Turns the style attributes that Shiki writes into classes, since our Content-Security-Policy
 * allows none: `color:var(--astro-code-token-keyword)` becomes `code-keyword`.
 *
 * For the theme `css-variables`; the classes are coloured in `src/styles/code.css`.
 */
export const codeClasses = {
  name: 'code-classes',
  pre(element: Element): void {
    delete element.properties['style'];
  },
  span(element: Element): void {
    const style = element.properties['style'];
    delete element.properties['style'];
    const token = /--[\w-]*?-token-([\w-]+)/.exec(typeof style === 'string' ? style : '')?.[1];
    if (token) element.properties['class'] = `code-${token}`;
  },
};
