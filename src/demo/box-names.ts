/** Every box alone, in the order of lesson 13; what is known of each is in `box-cases.ts`. */
export const BoxNames: readonly string[] = [
  'strip-upgrade',
  'refuse-upgrade',
  'answer-200',
  'accept-then-drop',
  'hang',
  'black-hole',
  'buffer',
  'rechunk',
  'idle-reset',
  'idle-drop',
  'max-duration',
  'slow',
  'connection-limit',
  'header-limit',
  'http10',
];
