import { idleBox } from './idle.ts';

/** A box that forgets a silent connection and tells nobody: both sides believe that it is open. */
export const box = idleBox({
  name: 'connection-forgotten',
  why: 'nothing has moved for too long; from now on nothing passes',
});
