/** Words of the race on the home page. */
export const words = {
  title: 'One feed, six ways to deliver it',
  live: 'live',
  recorded: 'RECORDED',
  start: 'Race on your connections',
  again: 'Race again',
  stop: 'Stop',
  lesson: 'Where the milliseconds go',
  conditions: (delayMs: number, everyMs: number, count: number): string =>
    `${count} events, one every ${everyMs} ms, over a path of ${delayMs} ms. A bar begins when its event was published and ends when the page had it.`,
  isOver: 'Measured just now, on your own browser’s connections.',
  running: 'These are your own browser’s connections.',
} as const;
