/** The opcodes that RFC 6455 §5.2 assigns; all others are reserved. */
export const Opcode = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;

/** Name of an assigned opcode. */
export type OpcodeName = keyof typeof Opcode;

const NAMES = new Map(Object.entries(Opcode).map(([name, opcode]) => [opcode as number, name]));

/** The opcode's name; `reserved` for those that RFC 6455 §5.2 does not assign. */
export function opcodeName(opcode: number): OpcodeName | 'reserved' {
  return (NAMES.get(opcode) as OpcodeName | undefined) ?? 'reserved';
}

/** Control frames have an opcode whose most significant bit is 1. RFC 6455 §5.5. */
export function isControlOpcode(opcode: number): boolean {
  return (opcode & 0b1000) !== 0;
}
