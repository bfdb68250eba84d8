import type { Row } from '#capture/row.ts';
import type { Direction } from '#capture/wire-event.ts';

/** What one WebSocket cost on the wire, in octets; a part is undefined until it has been seen. */
export type Costs = {
  readonly statusCode?: number;
  readonly handshake: Readonly<Partial<Record<Direction, number>>>;
  /** The first text message, with all that frames it. */
  readonly message: Readonly<Partial<Record<Direction, number>>>;
};

/** Of the last WebSocket over HTTP/1.1. */
export function upgradeCosts(rows: readonly Row[]): Costs {
  const request = rows.findLast(
    ({ kind, data }) => kind === 'http.req.head' && fieldOf(data, 'upgrade') === 'websocket',
  );
  const own = rows.filter(
    (row) => row.connection === request?.connection && row.number >= (request?.number ?? 0),
  );
  const response = own.find(({ kind }) => kind === 'http.res.head');
  const frame = (direction: Direction) =>
    own.find((row) => isText(row) && row.direction === direction)?.octets?.length;
  return costs(response?.data['statusCode'], {
    handshake: [request?.octets?.length, response?.octets?.length],
    message: [frame('up'), frame('down')],
  });
}

/** Of the last WebSocket over HTTP/2. RFC 8441 §5. */
export function connectCosts(rows: readonly Row[]): Costs {
  const request = rows.findLast(
    ({ kind, data }) => kind === 'h2.frame' && fieldOf(data, ':protocol') === 'websocket',
  );
  const own = rows.filter(
    (row) => row.connection === request?.connection && row.number >= (request?.number ?? 0),
  );
  const response = own.find(
    ({ data, direction }) => data['type'] === 'HEADERS' && direction === 'down',
  );
  const frame = (direction: Direction) => {
    const at = own.findIndex((row) => isText(row) && row.direction === direction);
    // The DATA frame around it is the last one before it.
    return own.slice(0, Math.max(0, at)).findLast(({ kind }) => kind === 'h2.frame')?.octets
      ?.length;
  };
  return costs(Number(fieldOf(response?.data, ':status')), {
    handshake: [request?.octets?.length, response?.octets?.length],
    message: [frame('up'), frame('down')],
  });
}

type Pair = readonly [up: number | undefined, down: number | undefined];

function costs(
  statusCode: unknown,
  { handshake, message }: { readonly handshake: Pair; readonly message: Pair },
): Costs {
  return {
    ...(typeof statusCode === 'number' && !Number.isNaN(statusCode) && { statusCode }),
    handshake: byDirection(handshake),
    message: byDirection(message),
  };
}

const byDirection = ([up, down]: Pair): Costs['handshake'] => ({
  ...(up !== undefined && { up }),
  ...(down !== undefined && { down }),
});

const isText = ({ kind, data }: Row): boolean => kind === 'ws.frame' && data['opcode'] === 1;

function fieldOf(data: Row['data'] | undefined, name: string): string | undefined {
  const fields = data?.['fields'] as Readonly<Record<string, string>> | undefined;
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** What has been seen of a WebSocket over HTTP/2, step by step, in words and whether it was. */
export function stepsOf(
  rows: readonly Row[],
): readonly (readonly [words: string, seen: boolean])[] {
  const { statusCode, message } = connectCosts(rows);
  const settings = rows.some(({ data, direction }) => {
    const given = data['settings'] as Readonly<Record<string, number>> | undefined;
    return direction === 'down' && given?.['ENABLE_CONNECT_PROTOCOL'] === 1;
  });
  const asks = rows.some(({ data }) => fieldOf(data, ':protocol') === 'websocket');
  return [
    ['The server’s SETTINGS: ENABLE_CONNECT_PROTOCOL is 1', settings],
    ['The robot’s CONNECT, with :protocol websocket and no key', asks],
    ['The answer: 200', statusCode === 200],
    ['The message up, in a frame inside DATA', message.up !== undefined],
    ['The message down, in a frame inside DATA', message.down !== undefined],
  ];
}
