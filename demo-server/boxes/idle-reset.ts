import { idleBox } from './idle.ts';

/** A box that resets a connection which has been silent too long: both sides learn of it at once. */
export const box = idleBox({
  name: 'connection-reset',
  why: 'nothing has moved for too long',
  end: (client) => client.resetAndDestroy(),
});
