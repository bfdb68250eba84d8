import { searchWords } from '#words/search.ts';
import { excerptParts } from './excerpt.ts';

type Found = {
  readonly url: string;
  readonly excerpt: string;
  readonly meta: { readonly title?: string };
  readonly sub_results: readonly {
    readonly title: string;
    readonly url: string;
    readonly excerpt: string;
  }[];
};

/** The part of Pagefind's own script that is used here. */
type Pagefind = {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(
    query: string,
    options: Record<string, unknown>,
    waitMs: number,
  ): Promise<{ readonly results: readonly { data(): Promise<Found> }[] } | null>;
};

const MOST_RESULTS = 8;
const PAUSE_MS = 120;

/** Loads the index at the first opening, so that a page costs nothing for it. */
let loading: Promise<Pagefind> | undefined;

async function load(): Promise<Pagefind> {
  const address = '/pagefind/pagefind.js';
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  // In a worker it would need a script address as a string, which Trusted Types refuse.
  await pagefind.options({ excerptLength: 20, noWorker: true });
  await pagefind.init();
  return pagefind;
}

function excerptNodes(excerpt: string): Node[] {
  return excerptParts(excerpt).map(({ text, marked }) => {
    if (!marked) return document.createTextNode(text);
    const mark = document.createElement('mark');
    mark.textContent = text;
    return mark;
  });
}

function resultItem(found: Found): HTMLLIElement {
  const best = found.sub_results[0] ?? { title: '', url: found.url, excerpt: found.excerpt };
  const title = found.meta.title ?? found.url;
  const link = document.createElement('a');
  link.href = best.url;
  const name = document.createElement('strong');
  name.textContent = best.title && best.title !== title ? `${title} › ${best.title}` : title;
  const excerpt = document.createElement('span');
  excerpt.append(...excerptNodes(best.excerpt));
  link.append(name, excerpt);
  const item = document.createElement('li');
  item.append(link);
  return item;
}

/** The search over all pages: a field, and what it finds. */
export class SearchDialog {
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #state: HTMLElement;
  readonly #results: HTMLElement;

  constructor(dialog: HTMLDialogElement) {
    const part = <E extends HTMLElement>(selector: string): E => {
      const element = dialog.querySelector<E>(selector);
      if (!element) throw new Error(`The search dialog has no ${selector}.`);
      return element;
    };
    this.#dialog = dialog;
    this.#input = part('input');
    this.#state = part('.search-state');
    this.#results = part('.search-results');
    this.#input.addEventListener('input', () => void this.#search());
    dialog.querySelector('form')?.addEventListener('submit', (event) => {
      // Enter in the field opens the first result; the button closes.
      if (event.submitter && document.activeElement !== this.#input) return;
      event.preventDefault();
      this.#results.querySelector('a')?.click();
    });
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#walk(event);
      // In a search field Escape would only clear it.
      if (event.key === 'Escape') dialog.close();
    });
    // A click beside the dialog's content lands on the dialog itself.
    dialog.addEventListener('click', (event) => {
      const onLink = event.target instanceof Element && event.target.closest('a');
      if (event.target === dialog || onLink) dialog.close();
    });
  }

  open(): void {
    if (this.#dialog.open) return;
    this.#dialog.showModal();
    this.#input.select();
    void this.#pagefind();
  }

  async #pagefind(): Promise<Pagefind | undefined> {
    try {
      if (!loading) this.#state.textContent = searchWords.loading;
      const pagefind = await (loading ??= load());
      if (this.#state.textContent === searchWords.loading) this.#state.textContent = '';
      return pagefind;
    } catch {
      loading = undefined;
      this.#state.textContent = searchWords.unavailable;
      return undefined;
    }
  }

  async #search(): Promise<void> {
    const query = this.#input.value.trim();
    const pagefind = await this.#pagefind();
    if (!pagefind) return;
    const answer = query ? await pagefind.debouncedSearch(query, {}, PAUSE_MS) : undefined;
    // `null`: a later search has replaced this one.
    if (answer === null) return;
    const results = answer?.results.slice(0, MOST_RESULTS) ?? [];
    const found = await Promise.all(results.map((result) => result.data()));
    if (query !== this.#input.value.trim()) return;
    this.#results.replaceChildren(...found.map(resultItem));
    if (!query) this.#state.textContent = '';
    else if (found.length) this.#state.textContent = searchWords.found(found.length, query);
    else this.#state.textContent = searchWords.none(query);
  }

  #walk(event: KeyboardEvent): void {
    event.preventDefault();
    const stops = [this.#input, ...this.#results.querySelectorAll('a')];
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    stops[Math.min(Math.max(next, 0), stops.length - 1)]?.focus();
  }
}
