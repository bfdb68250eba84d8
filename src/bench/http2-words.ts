import type { Row } from '#capture/row.ts';
import { dataText } from './row-data.ts';
import type { RowWords } from './row-words.ts';

/** Says what a frame of HTTP/2 is. */
export function http2FrameWords(data: Row['data']): RowWords {
  const type = dataText(data, 'type');
  const violations = data['violations'];
  const isBroken =
    data['fieldBlockError'] !== undefined || (Array.isArray(violations) && violations.length > 0);
  const flags = Array.isArray(data['flags']) ? data['flags'].map(String) : [];
  const stream = data['stream'] === 0 ? '' : `stream ${dataText(data, 'stream')}`;
  const content = [contentOf(data), stream, ...flags.filter((flag) => flag !== 'END_HEADERS')];
  return {
    title: isBroken ? `${type} (breaks a rule)` : type,
    detail: content.filter(Boolean).join(' · '),
    tone: isBroken ? 'fault' : toneOf(type, data['tunnel'] !== undefined),
  };
}

/** What tells most about it: the request, the status, the settings, the error. */
function contentOf(data: Row['data']): string {
  const fields = (data['fields'] ?? {}) as Readonly<Record<string, string>>;
  const settings = Object.entries((data['settings'] ?? {}) as Readonly<Record<string, number>>);
  const { ':method': method, ':path': path, ':status': status, ':protocol': protocol } = fields;
  if (protocol !== undefined) return `${method ?? ''} :protocol ${protocol}`;
  if (method !== undefined) return `${method} ${path ?? ''}`;
  if (status !== undefined) return status;
  if (settings.length > 0) return settings.map(([name, value]) => `${name} ${value}`).join(', ');
  if (data['tunnel'] !== undefined) return 'carries a WebSocket';
  return dataText(data, 'errorCode');
}

function toneOf(type: string, isTunnel: boolean): RowWords['tone'] {
  if (type === 'DATA') return isTunnel ? 'ws' : 'http';
  return type === 'HEADERS' || type === 'CONTINUATION' ? 'http' : 'control';
}
