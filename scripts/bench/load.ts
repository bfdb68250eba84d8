// The process that makes the load: apart from the servers, so that their CPU time is theirs alone.
import { LoadGroup } from './load-group.ts';
import { answerOrders } from './orders.ts';

const groups = new Map<string, LoadGroup>();

answerOrders({
  async open(order) {
    groups.set(order.group, await LoadGroup.open(order));
    return null;
  },
  async window(order) {
    const group = groups.get(order.group);
    if (group === undefined) throw new Error(`There is no group ${order.group}.`);
    return group.window(order);
  },
  close({ group }) {
    groups.get(group)?.close();
    groups.delete(group);
    return null;
  },
});
