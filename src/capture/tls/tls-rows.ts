import { RecordReader, type RecordElement } from '#protocol/tls/record-reader.ts';
import {
  ContentType,
  contentTypeName,
  handshakeTypeName,
  serverNameOf,
  type TlsRecord,
} from '#protocol/tls/record.ts';
import { tlsProvider, type ProtocolReading } from '#capture/protocol-providers.ts';
import type { AddRow } from '#capture/row-draft.ts';
import type { Direction } from '#capture/wire-event.ts';
import { recordParts } from './record-parts.ts';

/** Lets every capture reader tell the records of TLS from now on. */
export function provideTls(): void {
  tlsProvider.begin = (add) => new TlsRows(add);
}

/** All that anybody between the two ends can read: records, and the first message of each side. */
class TlsRows implements ProtocolReading {
  readonly #add: AddRow;
  readonly #readers: Readonly<Record<Direction, RecordReader>> = {
    up: new RecordReader(),
    down: new RecordReader(),
  };
  /** Sides whose hello has passed: what they say from then on is encrypted. RFC 8446 §2. */
  readonly #greeted = new Set<Direction>();

  constructor(add: AddRow) {
    this.#add = add;
  }

  push(direction: Direction, octets: Uint8Array, t: number): void {
    this.#addElements(direction, this.#readers[direction].push(octets), t);
  }

  end(direction: Direction, t: number): void {
    this.#addElements(direction, this.#readers[direction].end(), t);
  }

  #addElements(direction: Direction, elements: readonly RecordElement[], t: number): void {
    for (const element of elements) {
      const { octets } = element;
      if (element.type === 'unread') {
        const data = { code: element.code };
        this.#add({ t, kind: 'octets.unread', direction, octets, data });
        continue;
      }
      const { record } = element;
      const isHello = record.contentType === ContentType.handshake && !this.#greeted.has(direction);
      if (isHello) this.#greeted.add(direction);
      const detail = { type: 'binary', parts: () => recordParts(record, isHello) } as const;
      const data = recordData(record, isHello);
      this.#add({ t, kind: 'tls.record', direction, octets, detail, data });
    }
  }
}

function recordData(record: TlsRecord, isHello: boolean): Record<string, unknown> {
  const { contentType, legacyVersion, length } = record;
  const serverName = isHello ? serverNameOf(record) : undefined;
  return {
    contentType: contentTypeName(contentType),
    legacyVersion: `0x${legacyVersion.toString(16).padStart(4, '0')}`,
    length,
    ...(isHello && { handshakeType: handshakeTypeName(record) }),
    ...(serverName !== undefined && { serverName }),
  };
}
