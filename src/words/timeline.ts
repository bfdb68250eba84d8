/** What stands in the timeline and below it, once there are rows. */
export const timelineWords = {
  name: 'Timeline; the arrow keys walk its rows',
  controls: 'Steps and scale of the timeline',
  lifelines: 'Lifelines',
  pause: 'Pause',
  goOn: 'Go on',
  toStart: 'From the start',
  back: 'Step back',
  forward: 'Step forward',
  wider: 'Zoom in on time',
  narrower: 'Zoom out',
  newer: (rows: string) => `${rows} newer rows wait`,
  upTo: (time: string) => `Up to ${time}.`,
  atOnce: 'rows follow each other',
  scale: (pxPerMs: number) => `${pxPerMs} px per ms`,
  follow: 'Follow the newest',
  silence: (time: string) => `${time} of silence`,
  earlier: (rows: string) => `${rows} earlier rows are in the list`,
  framesFromHere: '101: from here on, frames',
  nothingOnTheWire: 'from the cache: nothing on the wire',
  codeNotOnTheWire: 'this code was never on the wire',
  clients: { BROWSER: 'browser', TOOL: 'your program', ROBOT: 'robot', BOX: 'box' },
  ways: { up: 'up, to the server', down: 'down, to the client' },
  vantages: { wire: 'on the wire', box: 'box', server: 'server program' },
  unseen: {
    control: 'your script never sees this',
    renewal: 'your script sees the stored 200',
    mask: 'the mask is seen here only',
  },
  /** The same in a word or none, beside the sign for what is invisible. */
  unseenPart: { control: '', renewal: '304', mask: 'mask' },
  /** Of a projected timeline, which shows one lane at a time. */
  lanes: {
    name: 'Lane shown; the keys ← and → on a row change it',
    before: 'Lane before this one',
    after: 'Lane after this one',
    hop: (from: string, to: string) => `${from} ↔ ${to}`,
    all: 'all lanes',
    empty: 'Nothing happened in this lane so far.',
    pastBoxes: 'past the box',
  },
  lost: { unseen: 'unseen', server: 'by the server', page: 'by your script' },
} as const;

/** The same of a run that is over, and may have been anybody’s. */
export const timelineWordsThen = {
  ...timelineWords,
  clients: { ...timelineWords.clients, TOOL: 'a program' },
  unseen: {
    ...timelineWords.unseen,
    control: 'the script never saw this',
    renewal: 'the script saw the stored 200',
  },
  lost: { ...timelineWords.lost, page: 'by the script' },
} as const;
