import { searchWords } from '#words/search.ts';
import type { SearchDialog } from './search-dialog.ts';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Makes the search button, `/` and Ctrl-K (or ⌘K) open the search dialog. */
export function watchSearch(): void {
  const element = document.querySelector<HTMLDialogElement>('dialog.search');
  if (!element) return;
  let dialog: SearchDialog | undefined;
  const open = async () => {
    // Few pages are searched: what it takes is loaded when somebody asks for it.
    try {
      const loaded = await import('./search-dialog.ts');
      dialog ??= new loaded.SearchDialog(element);
      dialog.open();
    } catch {
      // The server is gone, and with it this part of the page.
      const state = element.querySelector('.search-state');
      if (state) state.textContent = searchWords.unavailable;
      if (!element.open) element.showModal();
    }
  };
  document.querySelector('.search-button')?.addEventListener('click', () => void open());
  document.addEventListener('keydown', (event) => {
    const withK = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k';
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !isTyping(event.target);
    if (!withK && !slash) return;
    event.preventDefault();
    void open();
  });
}
