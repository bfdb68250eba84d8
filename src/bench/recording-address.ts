/** Where the recording of a demo is. */
export const recordingAddress = (demo: string): string => `/captures/${demo}.json`;
