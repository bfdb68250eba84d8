/** What is said about an address that asks for what is not there. */
export const addressWords = {
  unknown: (name: string, text: string, known: string) =>
    `This link asks for ${name} “${text}”, which this bench does not have; left out. There is: ${known}.`,
  stranger: (name: string, demos: string) =>
    `This link sets “${name}”, but that demo is not on this page; left out. Here is: ${demos}.`,
  theme: (text: string) =>
    `This link asks for the theme “${text}”; there are light and dark. The system’s is used.`,
} as const;
