/** What is live on any page; what a page does not have costs it a look. */
import '#bench/opening-race.ts';
import '#bench/wire-bench.ts';
import '#components/copy-element.ts';
import '#components/embed-frame.ts';
import '#components/lesson-elements.ts';
import '#components/moved-page.ts';
import '#components/site-elements.ts';
