/** A thing that both ends have to agree on, by its parameter's name. */
export type Piece = {
  readonly id: string;
  /** What a program wants to do that needs it. */
  readonly task: string;
  /** What HTTP has for it, and where that is written. */
  readonly counterpart: string;
  readonly section: string;
  readonly href: string;
};

const rfc = (number: number, section: string) => ({
  section: `RFC ${number} §${section}`,
  href: `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`,
});

/** In the order in which a reader who builds it would miss them. */
export const Pieces: readonly Piece[] = [
  {
    id: 'methods',
    task: 'Delete what was written',
    counterpart: 'methods, and what each promises',
    ...rfc(9110, '9.2'),
  },
  {
    id: 'ids',
    task: 'Ask for two things at once',
    counterpart: 'a response belongs to its request',
    ...rfc(9112, '9.2'),
  },
  {
    id: 'statuses',
    task: 'Know that a write was refused',
    counterpart: 'status codes',
    ...rfc(9110, '15'),
  },
  {
    id: 'errors',
    task: 'Know why, and mend it',
    counterpart: 'problem details',
    ...rfc(9457, '3'),
  },
  {
    id: 'versions',
    task: 'Stop an overwrite, and be told',
    counterpart: 'ETag and If-Match',
    ...rfc(9110, '13.1.1'),
  },
  {
    id: 'freshness',
    task: 'Read again, with nothing on the wire',
    counterpart: 'Cache-Control: max-age',
    ...rfc(9111, '4.2'),
  },
  {
    id: 'types',
    task: 'Get the prices as CSV',
    counterpart: 'Accept',
    ...rfc(9110, '12.5.1'),
  },
  {
    id: 'trace',
    task: 'Find one request in the server’s log',
    counterpart: 'traceparent',
    section: 'W3C Trace Context',
    href: 'https://www.w3.org/TR/trace-context/#traceparent-header',
  },
];
