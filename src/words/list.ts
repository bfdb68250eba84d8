/** What stands around the list of rows. */
export const listWords = {
  name: 'All rows; the arrow keys walk them',
  filters: 'Filter the list',
  all: 'all',
  kind: 'Kind',
  direction: 'Way',
  directions: { up: '↑ up', down: '↓ down' },
  sender: 'Sender',
  hop: 'Hop',
  hops: ['1, from the client', '2', '3', '4', '5'],
  text: 'Search in bytes and notes',
  clear: 'Show all rows',
  count: (rows: string) => `${rows} rows, by time`,
  countOf: (found: string, rows: string) => `${found} of ${rows} rows, by time`,
  looking: (rows: string) => `, ${rows} looked through`,
} as const;
