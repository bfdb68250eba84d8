/** What is said about a run that stands beside the recording. */
export const comparisonWords = {
  nameOf: (demo: string) => `This run beside the recording: ${demo}`,
  title: 'This run beside the recording',
  none: 'There is no recording of this demo, so nothing stands beside it.',
  isRecording: 'What is shown is the recording itself. Beside it belongs a run of your own.',
  nothingYet:
    'Nothing has happened in this run yet. Use the demo, and what your browser does will stand beside what was recorded.',
  loading: 'The recording is being loaded.',
  notLoaded: 'The recording could not be loaded.',
  here: {
    live: (browser: string) => `Yours, live, ${browser}`,
    capsule: (label: string) => `The capsule, ${label}`,
  },
  there: (label: string) => `RECORDED, ${label}`,
  sums: (same: string, other: string, here: string, there: string) =>
    `${same} rows say the same, ${other} differ, ${here} are only in this run, ${there} only in the recording.`,
  bound: (rows: string) => `Compared are the first ${rows} rows of each.`,
  scope:
    'Rows of one kind stand beside each other in their order. Left out is what is other in every run: times, the run’s id, ports, dates, keys, cookies, ETags, masks, and what programs counted or measured. Of a value that the server blotted out, the length is compared.',
  onlyOthers: 'Only what differs',
  allSame: 'In nothing that is compared do the two differ.',
  differs: 'What differs',
  same: 'the same',
  row: (number: number) => `row ${number}`,
  noRow: 'nothing',
  onlyHere: (subject: string) => `In this run only, by ${subject}.`,
  onlyThere: 'In the recording only.',
  /** Who did it, for a sentence. */
  subjects: {
    BROWSER: 'your browser',
    TOOL: 'your program',
    ROBOT: 'our robot',
    BOX: 'the box',
    SERVER: 'the server',
    page: 'your script',
    wire: 'the wire',
    box: 'the box',
    server: 'the server program',
  },
  subjectsThen: { BROWSER: 'its browser', TOOL: 'its program', page: 'its script' },
  differences: {
    octets: (here: string, there: string) => `${here} bytes, the recording ${there}`,
    value: (name: string, here: string, there: string) => `${name} ${here}, the recording ${there}`,
    'fields-here': (names: string) => `fields that the recording lacks: ${names}`,
    'fields-there': (names: string) => `fields that only the recording has: ${names}`,
    fields: (names: string) => `another value of ${names}`,
    nothing: 'none',
  },
} as const;
