/** Where the page is that shows a demo's code. */
export const codeAddress = (demo: string): string => `/code/${demo}/`;
