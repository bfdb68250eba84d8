/** Words of the bench's views, loaded with them: see `bench.ts` for those of its frame. */
export const words = {
  codePurpose:
    'These files run as they stand here: the first in your browser, the second in the demo server.',
  codePage: 'This code on a page of its own',
  codeMissing: 'The code could not be loaded.',
  codeOf: (demo: string) => `The code that runs here: ${demo}`,
  newRow: (row: string) => `One new row: ${row}`,
  newRows: (count: string, last: string) => `${count} new rows, the last: ${last}`,
  violations: {
    title: (count: number) => (count === 1 ? 'Breaks a rule' : `Breaks ${count} rules`),
    closesWith: (closeCode: number) => `The receiver may close with ${closeCode}.`,
  },
  senders: {
    BROWSER: 'by your browser',
    TOOL: 'by a program of yours',
    BOX: 'by a box on the path',
    ROBOT: 'by our raw TCP client',
    SERVER: 'by the demo server',
  },
  /** In a run that is over, and may have been anybody’s. */
  sendersThen: { BROWSER: 'by the browser of that run', TOOL: 'by a program in that run' },
  file: {
    saveAs: 'Save this run as',
    formats: { capsule: 'Capsule', har: 'HAR', pcapng: 'pcapng' },
    open: 'Open a capsule…',
    help: 'A capsule opens again in this bench, on any copy of this site. A HAR opens in the network panel of a browser, a pcapng in Wireshark.',
    nothingYet: 'There is nothing to save yet.',
  },
  replay: {
    recording: 'What you see was recorded in another browser, byte by byte.',
    capsule: 'What you see is the run that was saved in this capsule.',
    resting: 'Nothing of it happens now, so the controls are at rest.',
    backToLive: 'Back to live',
    backToRun: 'Back to this run',
    backToRecording: 'Back to the recording',
  },
} as const;
