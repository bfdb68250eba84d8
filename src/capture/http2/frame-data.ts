import type { FieldBlock } from '#protocol/hpack/field-block-decoder.ts';
import { frameViolations } from '#protocol/http2/frame-violations.ts';
import { flagNames, FrameType, frameTypeName, type Frame } from '#protocol/http2/frame.ts';
import { payloadField, payloadFields } from '#protocol/http2/payload.ts';
import { errorCodeName, settingName } from '#protocol/http2/registries.ts';
import type { Row } from '#capture/row.ts';

/** Plain values of a frame's row; those of its header fields come with their block. */
export function frameData(frame: Frame): Row['data'] {
  const { type, streamId, length } = frame;
  const values = new Map(payloadFields(frame).map(({ name, value }) => [name, value]));
  const errorCode = values.get('error-code');
  const carries = (name: 'data' | 'field-block-fragment') =>
    values.has(name) ? payloadField(frame, name).length : undefined;
  const dataLength = carries('data');
  const fieldBlockLength = carries('field-block-fragment');
  return {
    type: frameTypeName(type),
    typeCode: type,
    flags: flagNames(frame),
    stream: streamId,
    length,
    // Without padding and whatever else stands in the payload.
    ...(dataLength !== undefined && { dataLength }),
    ...(fieldBlockLength !== undefined && { fieldBlockLength }),
    ...(type === FrameType.settings && { settings: settingsOf(frame) }),
    ...(errorCode !== undefined && { errorCode: errorCodeName(errorCode) }),
    ...(type === FrameType.windowUpdate && { increment: values.get('window-size-increment') }),
    violations: frameViolations(frame),
  };
}

function settingsOf(frame: Frame): Readonly<Record<string, number>> {
  const values = payloadFields(frame).map(({ value = 0 }) => value);
  const settings: Record<string, number> = {};
  for (let at = 0; at + 1 < values.length; at += 2) {
    settings[settingName(values[at] ?? 0)] = values[at + 1] ?? 0;
  }
  return settings;
}

/** Octets of all names and values in a block, as they would be without HPACK. */
export function fieldsLength({ representations }: FieldBlock): number {
  return representations.reduce((sum, representation) => {
    if (representation.type === 'table-size-update') return sum;
    return sum + representation.field.name.length + representation.field.value.length;
  }, 0);
}

/**
 * The fields of a block by name. What comes more than once is joined as RFC 9110 §5.3 says, and a
 * cookie as RFC 9113 §8.2.3 does.
 */
export function fieldValues({ representations }: FieldBlock): Readonly<Record<string, string>> {
  // Without a prototype, a field may have any name.
  const fields = Object.create(null) as Record<string, string>;
  for (const representation of representations) {
    if (representation.type === 'table-size-update') continue;
    const { name, value } = representation.field;
    const before = fields[name];
    const separator = name === 'cookie' ? '; ' : ', ';
    fields[name] = before === undefined ? value : `${before}${separator}${value}`;
  }
  return { ...fields };
}
