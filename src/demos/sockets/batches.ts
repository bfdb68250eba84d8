import type { Row } from '#capture/row.ts';

/** What the wire shows of one press of the button. */
export type SeenBatch = {
  readonly number: number;
  readonly way: string;
  /** The number of the TCP connection of each request, in order. */
  readonly connections: readonly number[];
  /** Answers with status 200. */
  readonly answered: number;
};

/** The batches of a run: which there were the page says, what crossed the wire the octets say. */
export function batchesOf(rows: readonly Row[]): SeenBatch[] {
  return rows
    .filter(({ kind, data }) => kind === 'app' && data['name'] === 'batch')
    .map(({ data }) => {
      const number = Number(data['batch']);
      const isOfIt = (row: Row) =>
        new RegExp(`/(?:keep|close)/${number}/\\d+$`).test(String(row.data['requestTarget']));
      const requests = rows.filter((row) => row.kind === 'http.req.head' && isOfIt(row));
      const answers = rows.filter(
        (row) => row.kind === 'http.res.head' && row.data['statusCode'] === 200 && isOfIt(row),
      );
      return {
        number,
        way: String(data['way']),
        connections: requests.map(({ connection }) => connection ?? 0),
        answered: answers.length,
      };
    });
}

/** How many different connections a batch used. */
export const countConnections = ({ connections }: SeenBatch): number => new Set(connections).size;
