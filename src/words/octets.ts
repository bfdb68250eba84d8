/** What the view of a row's bytes says. */
export const octetWords = {
  rowTitle: (number: number, title: string) => `Row ${number}: ${title}`,
  /** Why a row has no bytes: by who noted it, and on the wire by what it is. */
  notes: {
    page: 'noted by the page’s script: this row itself was not sent',
    server: 'noted by the server’s program: this row itself was not sent',
    box: 'noted by the box: this row itself was not sent',
  },
  tcpNote: 'what became of the connection: TCP’s own packets are not captured',
  handshakeNote: 'what came of the handshake, whose bytes are in its request and its answer',
  wholeNote: 'its bytes are in the rows that it is made of',
  unmasking: 'Unmasking',
  firstOf: (shown: number, all: string) => `, the first ${shown} of ${all}`,
  unmaskingLines: ['sent', '⊕ key', '= meant', 'as text'],
  unmaskingStep: (number: number) => `Byte ${number}:`,
  unmaskingNames: { sent: 'sent', key: 'key', meant: 'meant' },
  bitsOf: (number: number, key: number) =>
    `Byte ${number} with byte ${key + 1} of the key. Where the key has a 1, the bit is flipped.`,
  fieldList: (count: string) => `All fields as a list (${count})`,
  fieldListCut: (shown: string) => `The first ${shown} are listed.`,
  chunkSize: (hex: string, size: string) => `${hex} in hexadecimal: ${size} bytes follow`,
  field: (name: string) => `Field ${name}`,
} as const;
