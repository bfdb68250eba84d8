/**
 * Addresses that once led somewhere, and where that is now. A lesson that gets another slug gets a
 * line here, and its old links go on working, their state and their step with them.
 */
export const moved: Readonly<Record<string, string>> = {
  '/embed/': '/teach/#embed',
};
