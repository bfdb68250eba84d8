import type { Outcome } from './presets.ts';

/** What a guess may be, and what came, in words. */
export const outcomeWords: Readonly<Record<Outcome, string>> = {
  echo: 'an echo',
  '1000': 'close 1000',
  '1002': 'close 1002',
  '1007': 'close 1007',
  '1009': 'close 1009',
  other: 'another close',
};

export const words = {
  guess: 'Your guess: what comes back?',
  noGuess: 'no guess',
  send: 'Send the robot',
  sending: 'The robot is under way …',
  add: 'Add this frame',
  empty: 'Empty the list',
  builder: 'Build a frame',
  notHex: 'That is not hex: two digits a byte, such as e2 82 ac.',
  ownNotHex: 'Write frames in hex, two digits a byte, and a space between two frames; 200 at most.',
  nothing: 'The list is empty. Add a frame, or choose one above.',
  toSend: (count: number) => (count === 1 ? 'To be sent, 1 frame' : `To be sent, ${count} frames`),
  keyLater: 'A random key is drawn when the robot leaves.',
  rfc: 'RFC 6455',
  ws: 'ws',
  table: 'What was sent, and what came of it',
  sent: 'Sent',
  legal: 'allowed',
  answered: 'Sent back',
  noAnswer: 'nothing',
  differ: 'ws and RFC 6455 differ here.',
  agree: 'ws does what RFC 6455 says.',
  onTheWire: 'The last payload, as it stood on the wire',
  guessed: (guess: string, came: string, right: boolean) =>
    right ? `You guessed ${guess}, and so it was.` : `You guessed ${guess}. It was ${came}.`,
  score: (right: number, all: number) => `${right} of ${all} guesses right`,
};
