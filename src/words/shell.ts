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

/** What is said about a link to a step that is not there. */
export const stepWords = {
  missing: (id: string) =>
    `Your link leads to a step “${id}”, which this lesson does not have. Here is the lesson from its beginning; its steps are listed below its title.`,
} as const;

/** What stands around a bench alone. */
export const embedWords = {
  sandboxed:
    'This frame is sandboxed without allow-same-origin, so the browser keeps the page’s own scripts from it. Whoever made the frame can add that word. Until then:',
  open: 'open this bench in a tab of its own',
  from: (lesson: string) => `From the lesson “${lesson}” · Switching Protocols`,
  home: 'Switching Protocols',
} as const;

/** What a page says that has moved. */
export const movedWords = {
  title: 'This page has moved',
  lede: 'The page that you are looking for is at another address now.',
  link: 'Go there',
} as const;

/** What the button beside an example says. */
export const copyWords = { copy: 'Copy', copied: 'Copied' } as const;
