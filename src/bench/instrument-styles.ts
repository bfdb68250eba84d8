import ledger from './ledger.css?inline';
import octetParts from './octet-parts.css?inline';
import octets from './octets.css?inline';
import print from './print.css?inline';
import projector from './projector.css?inline';
import timelineRows from './timeline-rows.css?inline';

/**
 * Styles of what comes with the instrument, as text: the page's own style sheets, which Astro links
 * in its head, need not carry them before the reader acts.
 */
const sheet = new CSSStyleSheet();
sheet.replaceSync([timelineRows, octets, octetParts, ledger, projector, print].join('\n'));
document.adoptedStyleSheets.push(sheet);
