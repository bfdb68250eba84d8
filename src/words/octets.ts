/** What the view of a row's bytes says. */
export const octetWords = {
  unmasking: 'Unmasking',
  firstOf: (shown: number, all: string) => `, the first ${shown} of ${all}`,
  unmaskingLines: ['sent', '⊕ key', '= meant', 'as text'],
  unmaskingStep: (number: number) => `Byte ${number}:`,
  unmaskingNames: { sent: 'sent', key: 'key', meant: 'meant' },
  bitsOf: (number: number, key: number) =>
    `Byte ${number} with byte ${key + 1} of the key. Where the key has a 1, the bit turns over.`,
  fieldList: (count: string) => `All fields as a list (${count})`,
  fieldListCut: (shown: string) => `The first ${shown} are listed.`,
  chunkSize: (hex: string, size: string) => `${hex} in hexadecimal: ${size} bytes follow`,
  field: (name: string) => `Field ${name}`,
} as const;
