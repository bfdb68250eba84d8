/** What the search dialog says. */
export const searchWords = {
  loading: 'Loading the index …',
  none: (query: string) => `Nothing found for “${query}”.`,
  found: (count: number, query: string) =>
    `${count} ${count === 1 ? 'page' : 'pages'} for “${query}”.`,
  unavailable: 'The search index is made by the build, and this copy has none.',
} as const;
