/** All words of the bench's own frame; a demo's words stand in its folder. */
export const words = {
  commands: 'npm start',
  states: {
    connecting: 'connecting',
    live: 'live',
    unreachable: 'server not reachable',
    hosted: 'no server here',
    expired: 'run expired',
    error: 'error',
  },
  explanations: {
    connecting: 'Asking the demo server for a run …',
    unreachable:
      'The demo server does not answer. This bench looks again every second and goes on by itself.',
    hosted:
      'This copy of the site has no demo server behind it. On your own machine it is one command, and every byte here is your own:',
    expired: 'The server has let go of this run, because nobody watched it.',
    error: 'The demo server answered with an error:',
    howToRun: 'To run it: in the folder of this site,',
  },
  notLoaded: 'a part of this page could not be loaded. Load the page anew.',
  withoutScript:
    'This bench is live: it needs JavaScript, and the demo server that “npm start” runs on your own machine.',
  tabs: { timeline: 'Timeline', list: 'List', ledger: 'Ledger', code: 'Code' },
  codeSummary: 'The code that runs here',
  codePurpose:
    'These files run as they stand here: the first in your browser, the second in the demo server.',
  codePage: 'This code on a page of its own',
  codeMissing: 'The code could not be loaded.',
  link: 'Link to this',
  linkCopied: 'Link copied',
  clear: 'Clear',
  newRun: 'Start a new run',
  announce: 'Announce new rows',
  projector: 'Projector',
  follow: 'Follow the newest',
  timelineEmpty: 'Nothing has crossed the wire yet.',
  /** A page may have several benches, and each of its regions a name of its own. */
  bytesOf: (demo: string) => `Bytes: ${demo}`,
  challengeOf: (demo: string) => `Challenge: ${demo}`,
  codeOf: (demo: string) => `The code that runs here: ${demo}`,
  octetsEmpty: 'Choose a row to see its bytes.',
  neverSeen: 'your script never sees this',
  nothingOnTheWire: 'from the cache: nothing on the wire',
  framesFromHere: '101: from here on, frames',
  withheld:
    'Each • stands for one byte that was withheld before it was stored: cookies and credentials of other programs on this machine are none of this page’s business.',
  violations: {
    title: (count: number) => (count === 1 ? 'Breaks a rule' : `Breaks ${count} rules`),
    closesWith: (closeCode: number) => `The receiver may close with ${closeCode}.`,
  },
  senders: {
    BROWSER: 'by your browser',
    BOX: 'by a box on the path',
    ROBOT: 'by our raw TCP client',
    SERVER: 'by the demo server',
  },
  address: {
    noRow: (row: number, rows: number) =>
      `This link chooses row ${row}, but this recording has ${rows}; the bench chose one itself.`,
    liveRow:
      'This link chooses a row, and rows of a live run are new each time; it was left out. Only a recording’s rows can be linked.',
  },
  challenge: {
    hint: 'Hint',
    reset: 'Start over',
    solved: 'Solved',
    inReplay: 'Met in this recording, which does not count as yours',
    by: 'row',
    notYet: 'not yet: look at row',
    name: 'Challenge',
    hints: 'Hints',
    done: 'Done: ',
    open: 'Waits for: ',
  },
  file: {
    menu: 'Save or open',
    saveAs: 'Save this run as',
    formats: { capsule: 'Capsule', har: 'HAR', pcapng: 'pcapng' },
    open: 'Open a capsule…',
    help: 'A capsule opens again in this bench, on any copy of this site. A HAR opens in the network panel of a browser, a pcapng in Wireshark.',
    nothingYet: 'There is nothing to save yet.',
  },
  replay: {
    mark: 'RECORDED',
    recording: 'What you see was recorded in another browser, byte by byte.',
    capsule: 'What you see is the run that was saved in this capsule.',
    resting: 'Nothing of it happens now, so the controls are at rest.',
    backToLive: 'Back to live',
    backToRun: 'Back to this run',
    backToRecording: 'Back to the recording',
    play: 'Show a recording',
    notLoaded: 'The recording could not be loaded.',
    none: 'There is no recording of this demo.',
  },
} as const;
