/** Words around a bench that are in the page as it was built, and in no script. */
export const words = {
  withoutScript:
    'This bench is live: it needs JavaScript, and the demo server that “npm start” runs on your own machine.',
  codeSummary: 'The code that runs here',
} as const;
