import { createSharedCache } from '#demo-server/shared-cache/shared-cache.ts';

/** A cache that many readers share: `demo-server/shared-cache`, in the place of a box. */
export const box = createSharedCache();
