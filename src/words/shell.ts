/** Names of the course's parts, by the letter in a lesson's frontmatter. */
export const partNames = {
  a: 'Why',
  b: 'On the wire',
  c: 'HTTP’s strengths',
  d: 'Hostile networks',
  e: 'In production',
  f: 'Choosing',
} as const;

/** Headings on the page of questions, by the topic in `content/quiz.json`. */
export const quizTopics = {
  basics: 'Asking and being told',
  wire: 'Handshake and frames',
  cost: 'Cost and latency',
  caching: 'Caching',
  meaning: 'Meaning, acknowledgement, order',
  network: 'Networks and production',
} as const;

/** What the header says about the demo server. */
export const serverWords = {
  asking: 'demo server …',
  live: (host: string) => `demo server · ${host}`,
  unreachable: 'demo server not reachable',
  hosted: 'no demo server here',
} as const;

/** What the search dialog says. */
export const searchWords = {
  loading: 'Loading the index …',
  none: (query: string) => `Nothing found for “${query}”.`,
  found: (count: number, query: string) =>
    `${count} ${count === 1 ? 'page' : 'pages'} for “${query}”.`,
  unavailable: 'The search index is made by the build, and this copy has none.',
} as const;

/** What a prediction and its explanation say. */
export const predictionWords = {
  committed: (choice: string) => `Noted: ${choice}. Now run it, then compare.`,
  skipped: 'Skipped. Run it and see.',
  right: (choice: string) => `You predicted “${choice}”, and so it is.`,
  wrong: (choice: string, answer: string) => `You predicted “${choice}”. It is “${answer}”.`,
  unpredicted: (answer: string) => `The answer: “${answer}”.`,
} as const;

/** What a quick check says about the chosen option. */
export const checkWords = { right: 'Right.', wrong: 'Not quite.' } as const;

/** What the ticks and the button at a lesson's end say. */
export const progressWords = {
  done: 'done',
  mark: 'Mark this lesson as read',
  marked: 'Read. Take it back',
  solved: 'Done: you solved its challenge',
} as const;

/** Stands in place of a link to a lesson that has no page. */
export const notWritten = 'not written yet';
