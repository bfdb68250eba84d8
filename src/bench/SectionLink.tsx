/** `RFC 6455 §5.2` as a link to that section. Other documents are named without a link. */
export function SectionLink({ section }: { readonly section: string }) {
  const [, rfc, number] = /^RFC (\d+) §([\d.]+)$/.exec(section) ?? [];
  if (rfc === undefined || number === undefined) return <>{section}</>;
  return <a href={`https://www.rfc-editor.org/rfc/rfc${rfc}#section-${number}`}>{section}</a>;
}
