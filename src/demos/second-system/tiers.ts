/** Assumptions of the MODEL; no figure of them was measured. */
export const CLIENTS = 10_000;
/** Room for sockets: a fifth more than there are clients. */
export const ROOM_BEFORE = 12_000;
/** Half of it is lost. */
export const ROOM = ROOM_BEFORE / 2;
/** An update comes every so many seconds, and answers one long poll of each client on the fallback. */
export const POLL_SECONDS = 5;
/** Requests per second that the fallback tier answers: a fifth of the clients, each polling. */
export const CAPACITY = 400;
