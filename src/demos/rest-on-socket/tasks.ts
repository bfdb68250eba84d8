import type { Ask, Reply } from './client.ts';

/** What a task came to: what the script made of the replies, and whether that was right. */
export type Result = { readonly works: boolean; readonly saw: string };

/** Longer than the server takes. */
export const LONG = 'x'.repeat(60);
const TRACE_DIGITS = 32;

/** What the script tries, by the piece that it needs. It knows what is right, and judges itself. */
export const tasks: Readonly<Record<string, (ask: Ask) => Promise<Result>>> = {
  async methods(ask) {
    await ask({ do: 'put', name: 'milk', value: '2 l' });
    await ask({ do: 'delete', name: 'milk' });
    const { value } = await ask({ do: 'get', name: 'milk' });
    return value === undefined
      ? { works: true, saw: 'It is gone.' }
      : { works: false, saw: `It is still there: “${value}”.` };
  },

  async ids(ask) {
    const [report, tea] = await Promise.all([
      ask({ do: 'get', name: 'report' }),
      ask({ do: 'get', name: 'tea' }),
    ]);
    const works = report.value?.startsWith('Report') === true && tea.value === 'Assam';
    return { works, saw: `For the report it took “${report.value ?? ''}”.` };
  },

  async statuses(ask) {
    const { status, error } = await ask({ do: 'put', name: 'card', value: LONG });
    const word = status ?? error?.reason;
    return word === undefined
      ? { works: false, saw: 'The reply looks like any other.' }
      : { works: true, saw: `Refused: ${word}.` };
  },

  async errors(ask) {
    const { error } = await ask({ do: 'put', name: 'card', value: LONG });
    if (error?.limit === undefined)
      return { works: false, saw: 'No reason that a program can use.' };
    await ask({ do: 'put', name: 'card', value: LONG.slice(0, error.limit) });
    const { value } = await ask({ do: 'get', name: 'card' });
    return { works: value?.length === error.limit, saw: `Cut to ${error.limit}, and written.` };
  },

  async versions(ask) {
    const { version } = await ask({ do: 'get', name: 'list' });
    await ask({ do: 'put', name: 'list', value: 'Tea, milk', if: version });
    const second = await ask({ do: 'put', name: 'list', value: 'Tea, bread', if: version });
    const { value } = await ask({ do: 'get', name: 'list' });
    if (value !== 'Tea, milk') return { works: false, saw: `The milk is lost: “${value ?? ''}”.` };
    const word = refusal(second);
    return word === undefined
      ? { works: false, saw: 'The second was refused, and not told.' }
      : { works: true, saw: `The second was told: ${word}.` };
  },

  async freshness(ask) {
    await ask({ do: 'get', name: 'tea' });
    const { isKept } = await ask({ do: 'get', name: 'tea' });
    return isKept === true
      ? { works: true, saw: 'Nothing was sent.' }
      : { works: false, saw: 'Sent and answered again.' };
  },

  async types(ask) {
    const { value = '' } = await ask({ do: 'get', name: 'prices', type: 'text/csv' });
    const works = value.startsWith('tea,');
    return { works, saw: works ? 'It is CSV.' : `It is JSON: ${value}` };
  },
};

/** Three requests that look alike, and the name of the second. */
export async function tracedTask(ask: Ask): Promise<string> {
  const trace = Array.from({ length: TRACE_DIGITS }, () =>
    Math.floor(16 * Math.random()).toString(16),
  ).join('');
  await ask({ do: 'get', name: 'list' });
  await ask({ do: 'get', name: 'list', trace });
  await ask({ do: 'get', name: 'list' });
  return trace;
}

const refusal = ({ status, error }: Reply): string | undefined =>
  status === 'done' || status === undefined ? error?.reason : status;
