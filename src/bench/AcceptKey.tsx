import type { Row } from '#capture/row.ts';
import type { BenchModel } from './bench-model.ts';

/** Shows, for a 101, how its `Sec-WebSocket-Accept` follows from this connection's key. */
export function AcceptKey({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  if (row.kind !== 'http.res.head' || row.data['statusCode'] !== 101) return null;
  const request = model.store.row(row.answers);
  const handshake = model.store.rows.find(
    (other) => other.kind === 'ws.handshake' && other.connection === row.connection,
  );
  const key = fieldOf(request, 'sec-websocket-key');
  const expected = handshake?.data['acceptExpected'];
  if (key === undefined || typeof expected !== 'string') return null;
  const digest = Array.from(atob(expected), (octet) =>
    octet.charCodeAt(0).toString(16).padStart(2, '0'),
  );
  return (
    <dl class="accept-key">
      <dt>Key of the request</dt>
      <dd>{key}</dd>
      <dt>followed by the number of RFC 6455 §1.3</dt>
      <dd>258EAFA5-E914-47DA-95CA-C5AB0DC85B11</dd>
      <dt>SHA-1 of both, in hex</dt>
      <dd>{digest.join(' ')}</dd>
      <dt>the same in base64</dt>
      <dd>
        {expected}{' '}
        <b>
          {handshake?.data['acceptMatches'] === true
            ? '✓ as the server sent it'
            : '✕ not what the server sent'}
        </b>
      </dd>
    </dl>
  );
}

function fieldOf(row: Row | undefined, name: string): string | undefined {
  const fields = row?.data['fields'] as Readonly<Record<string, string>> | undefined;
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}
