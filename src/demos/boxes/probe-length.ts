/** How many updates a probe waits for: eight, three seconds of silence, eight more. */
export const PROBE_LENGTH = 16;
