import type { FieldLine } from '#protocol/http/field-lines.ts';
import { WITHHELD_OCTET } from './wire-event.ts';

const WITHHELD = String.fromCharCode(WITHHELD_OCTET);

/**
 * Field values by lower-case name, those of the same name joined by ", ". RFC 9110 §5.3.
 *
 * Octets that were withheld are shown as `•`. A field may have any name, `__proto__` too: look
 * values up as own properties.
 */
export function fieldRecord(fieldLines: readonly FieldLine[]): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  for (const line of fieldLines) {
    const name = line.name.toLowerCase();
    const before = values.get(name);
    const value = line.value.replaceAll(WITHHELD, '•');
    values.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(values);
}
