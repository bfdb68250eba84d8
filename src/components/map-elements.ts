/** What is live on the course map. */
import { watchTicks } from './course-progress.ts';

watchTicks();
