import type { Row } from '#capture/row.ts';

/** Reads a value of a row's data as text; an object as JSON, what is missing as nothing. */
export function dataText(data: Row['data'], name: string): string {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return value === undefined || value === null ? '' : JSON.stringify(value);
  }
}
