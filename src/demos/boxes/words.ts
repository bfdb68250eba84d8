import type { Row } from '#capture/row.ts';

/** Says what a script saw, as its own code could say it; `undefined` for what the cells show. */
export function sawWords({ data }: Row): string | undefined {
  switch (data['name']) {
    case 'open':
      return 'open event';
    case 'error-event':
      return typeof data['readyState'] === 'string'
        ? `error event, ${data['readyState']}`
        : 'error event, without a reason';
    case 'close':
      return `close event, code ${String(data['code'])}`;
    case 'left':
      return `stopped: still ${String(data['readyState'])}`;
    case 'response':
      return `response, status ${String(data['status'])}`;
    case 'failed':
      return String(data['reason']);
    default:
      return undefined;
  }
}

/** The same thing again and again is said once, with its count. */
export function sawInShort(events: readonly Row[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const event of events) {
    const text = sawWords(event);
    if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, times]) => (times > 1 ? `${times} × ${text}` : text));
}
