/** What is live on every page. */
import { watchServer } from './server-state.ts';
import { watchMenu } from './site-menu.ts';
import { watchSearch } from './site-search.ts';
import { watchTheme } from './theme-choice.ts';

watchTheme();
watchMenu();
watchSearch();
void watchServer();
