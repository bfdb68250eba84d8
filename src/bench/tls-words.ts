import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { dataText } from './row-data.ts';
import type { RowWords } from './row-words.ts';

/** Says what a record of TLS is, as far as anybody between its ends can tell. */
export function tlsRecordWords(data: Row['data']): RowWords {
  const hello = dataText(data, 'handshakeType');
  const type = dataText(data, 'contentType');
  const serverName = dataText(data, 'serverName');
  const isSealed = type === 'application_data';
  const content = [
    `${formatCount(Number(data['length']))} bytes${isSealed ? ', encrypted' : ''}`,
    serverName && `for ${serverName}`,
  ];
  return {
    title: `TLS ${hello || type}`,
    detail: content.filter(Boolean).join(' '),
    tone: isSealed ? 'plain' : 'control',
  };
}
