/** Words of a part that is loaded later; apart, since every panel with such a part has them. */
export const words = {
  missing: 'This part could not be loaded. Load the page anew.',
} as const;
