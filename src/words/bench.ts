/**
 * Words of the bench's own frame, as it stands before its reader acts; what is said from then on is
 * in `instrument.ts`, and a demo's words are in its folder.
 */
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
    unreachable:
      'The demo server does not answer. This bench looks again every second and goes on by itself.',
    hosted:
      'This copy of the site has no demo server behind it. On your own machine it is one command, and every byte here is your own:',
    expired: 'The server has let go of this run: newer ones needed its room, or nobody watched it.',
    error: 'This bench cannot go on:',
    howToRun: 'To run it: in the folder of this site,',
  },
  notLoaded: 'a part of this page could not be loaded. Load the page anew.',
  tabs: { timeline: 'Timeline', list: 'List', ledger: 'Ledger', code: 'Code', compare: 'Compare' },
  link: 'Link to this',
  linkCopied: 'Link copied',
  clear: 'Clear',
  newRun: 'Start a new run',
  announce: 'Announce new rows',
  projector: 'Projector',
  /** Whose script it is; `then` in a run that is over, and may have been anybody’s. */
  script: { now: 'your script', then: 'that run’s script' },
  timelineEmpty: 'Nothing has crossed the wire yet.',
  /** A page may have several benches, and each of its regions a name of its own. */
  bytesOf: (demo: string) => `Bytes: ${demo}`,
  challengeOf: (demo: string) => `Challenge: ${demo}`,
  octetsEmpty: 'Choose a row to see its bytes.',
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
  fileMenu: 'Save or open',
  replay: {
    mark: 'RECORDED',
    play: 'Show a recording',
    notLoaded: 'The recording could not be loaded.',
    none: 'There is no recording of this demo.',
  },
} as const;
