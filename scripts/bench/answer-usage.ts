// Preloaded into every Node process that the bench starts, the demo server too: says what it has used.
import { answerOrders } from './orders.ts';

answerOrders({
  usage() {
    // Twice: what the first collection finds unreachable may hold what only the second one frees.
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, external, rss } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    return { cpuSeconds: (user + system) / 1e6, heap: heapUsed + external, resident: rss };
  },
});
