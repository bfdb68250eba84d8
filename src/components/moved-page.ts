/** Goes on to where a page has moved, and takes the address's state and step along. */
const link = document.querySelector<HTMLAnchorElement>('.moved a');
if (link !== null) {
  const target = new URL(link.href);
  target.search = location.search;
  if (location.hash !== '') target.hash = location.hash;
  location.replace(target);
}
