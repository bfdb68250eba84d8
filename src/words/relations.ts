/** How rows belong together. */
export const relationWords = {
  title: 'Belongs together with',
  row: (number: number, title: string) => `row ${number}${title === '' ? '' : `: ${title}`}`,
  kinds: {
    request: 'Answers',
    response: 'Answered by',
    stored: 'Says that this is still good:',
    'revalidated-by': 'Found still good by',
    ping: 'Answers',
    pong: 'Answered by',
    close: 'Answers',
    'close-answer': 'Answered by',
    frame: 'Came in',
    message: 'Part of',
    acknowledged: 'Acknowledges',
    acknowledgement: 'Acknowledged by',
    'same-update': 'The same update again:',
  },
} as const;
