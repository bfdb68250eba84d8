import { encodeCapsule, type Capsule } from '#capture/export/capsule.ts';
import { harFromRows } from '#capture/export/har.ts';
import { encodePcapng } from '#capture/export/pcapng.ts';
import type { Row } from '#capture/row.ts';

/** A format that a run can be saved in. */
export type ExportFormat = 'capsule' | 'har' | 'pcapng';

/** A file to be saved. */
export type ExportedFile = {
  readonly name: string;
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
};

/**
 * Writes a run as a file.
 *
 * @throws CapsuleError when the run is too long for a capsule.
 */
export function exportRun(
  format: ExportFormat,
  capsule: Capsule,
  rows: readonly Row[],
): ExportedFile {
  const base = `${capsule.demo}-${capsule.made.slice(0, 16).replace(':', '-')}`;
  const beganAt = Date.parse(capsule.made) - (capsule.now ?? 0);
  switch (format) {
    case 'capsule':
      return {
        name: `${base}.capsule.json`,
        type: 'application/json',
        content: encodeCapsule(capsule),
      };
    case 'har': {
      const [, name = capsule.browser, version = ''] = /^(.*) (\S+)$/.exec(capsule.browser) ?? [];
      const har = harFromRows(rows, {
        beganAt,
        version: capsule.build,
        browser: { name, version },
      });
      return {
        name: `${base}.har`,
        type: 'application/json',
        content: JSON.stringify(har, undefined, 1),
      };
    }
    case 'pcapng':
      return {
        name: `${base}.pcapng`,
        type: 'application/octet-stream',
        content: encodePcapng(capsule.events, { beganAt }),
      };
  }
}

/** Hands a file to the reader's browser to be saved. */
export function save({ name, type, content }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after this task; nothing says when it has done so.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
