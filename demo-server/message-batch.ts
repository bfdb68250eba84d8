import { RequestError } from '#demo-server/front/answers.ts';
import { wholeNumber } from '#demo-server/front/whole-number.ts';

/** What a batch is asked for by: so many messages of so many octets. */
export type MessageBatch = {
  readonly batch: number;
  readonly messages: number;
  readonly size: number;
};

/** By name, from a query or from JSON. */
type Asked = Readonly<Record<string, unknown>>;

const MAX_MESSAGES = 400;
const MAX_SIZE = 65_536;
/** Of all messages of a batch: it has to fit into what is kept of a run. */
const MAX_OCTETS = 524_288;

/** Reads what a page or its robot asks for. @throws RequestError where that is out of bounds */
export function messageBatch(asked: Asked): MessageBatch {
  const number = (name: keyof MessageBatch, most: number) =>
    wholeNumber(textOf(asked[name]), 1, most, name);
  const batch = number('batch', 99_999);
  const messages = number('messages', MAX_MESSAGES);
  const size = number('size', MAX_SIZE);
  if (messages * size > MAX_OCTETS) {
    throw new RequestError(400, 'A batch is at most 512 KiB: ask for fewer or shorter messages.');
  }
  return { batch, messages, size };
}

/** Of a query it is a text, of JSON a number. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;
