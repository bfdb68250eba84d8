import comparison from './comparison.css?inline';

/** As `instrument-styles.ts` does for the instrument. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(comparison);
document.adoptedStyleSheets.push(sheet);
