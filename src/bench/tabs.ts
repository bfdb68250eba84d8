/** The views of a run, in the order of their tabs. */
export const TABS = ['timeline', 'list', 'ledger', 'code', 'compare'] as const;

export type Tab = (typeof TABS)[number];
