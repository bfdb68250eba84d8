/** What a printed run says. */
export const printWords = {
  caption: (demo: string, rows: number, recorded: string | undefined) =>
    `${demo}: ${rows} rows of ${recorded === undefined ? 'this run' : `a recording (RECORDED, ${recorded})`}`,
  cut: (rows: number) => `The first ${rows} are printed.`,
  columns: ['row', 'ms', 'from', 'way', 'what', 'bytes'],
  ways: { up: '→ up', down: '← down' },
} as const;
