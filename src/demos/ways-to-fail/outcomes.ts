import type { Row } from '#capture/row.ts';

/** One way, as both sides show it. */
export type Outcome = {
  readonly way: string;
  /** What the page's script was told. */
  readonly page: string;
  /** What the octets say; undefined where no HTTP crossed the wire. */
  readonly wire: string | undefined;
};

const broken: Readonly<Record<string, string>> = {
  ACCEPT_WRONG: 'accept is not the key’s',
  CONNECTION_WITHOUT_UPGRADE: 'no Connection: Upgrade',
  SUBPROTOCOL_NOT_OFFERED: 'a subprotocol nobody offered',
  EXTENSION_NOT_OFFERED: 'an extension nobody offered',
};

/** The last outcome of each way, in the order in which ways were first tried. */
export function outcomesOf(rows: readonly Row[]): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const { kind, data } of rows) {
    if (kind !== 'app' || data['name'] !== 'outcome') continue;
    const way = String(data['way']);
    outcomes.set(way, { way, page: pageSide(data), wire: wireSide(rows, way) });
  }
  return [...outcomes.values()];
}

function pageSide({ opened, errors, code }: Row['data']): string {
  return `${opened === true ? 'open, ' : ''}${Number(errors) > 0 ? 'error, ' : ''}close ${String(code)}`;
}

function wireSide(rows: readonly Row[], way: string): string | undefined {
  if (way === 'tls') return undefined;
  const response = rows.findLast(
    ({ kind, data }) =>
      kind === 'http.res.head' && String(data['requestTarget']).endsWith(`/ws/${way}`),
  );
  if (response === undefined) return undefined;
  const handshake = rows.find(
    ({ kind, connection }) => kind === 'ws.handshake' && connection === response.connection,
  );
  const violations = (handshake?.data['violations'] ?? []) as readonly { readonly code: string }[];
  const rule = violations.map(({ code }) => broken[code]).find((words) => words !== undefined);
  const status = `${String(response.data['statusCode'])} ${String(response.data['reasonPhrase'])}`;
  return rule === undefined ? status : `${status}, ${rule}`;
}
