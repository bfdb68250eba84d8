/** What is live on every page of the site; one that is made for frames keeps nothing. */
import { afterLoad } from './after-load.ts';
import { watchServer } from './server-state.ts';
import { watchMenu } from './site-menu.ts';
import { watchSearch } from './site-search.ts';
import { watchTheme } from './theme-choice.ts';

if (document.querySelector('.embed') === null) {
  watchTheme();
  watchMenu();
  watchSearch();
  afterLoad(() => void watchServer());
}
