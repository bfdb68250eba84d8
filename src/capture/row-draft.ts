import type { Row } from './row.ts';

/** A row of a connection before it has its number and its place. */
export type RowDraft = Omit<Row, 'number' | 'vantage' | 'sender' | 'connection' | 'hop'>;

/** Numbers a row, says where it belongs, and adds it. */
export type AddRow = (draft: RowDraft) => Row;
