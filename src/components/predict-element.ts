import { predictionWords } from '#words/shell.ts';
import { markPrediction, readProgress, SKIPPED } from './progress.ts';

/** Dispatched on `window` when a prediction is committed, skipped, or remembered. */
export type PredictDetail = { readonly id: string; readonly choice: string };

/** A question that is answered before the demo runs. The choice stays on the reader's device. */
export class PredictElement extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector('form');
    if (!form) return;
    const remembered = readProgress().predictions[this.#key];
    if (remembered !== undefined) this.#show(remembered);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const choice = new FormData(form).get(this.id);
      if (typeof choice === 'string') this.commit(choice);
      else form.querySelector('input')?.focus();
    });
    form.querySelector('.quiet')?.addEventListener('click', () => {
      this.commit(SKIPPED);
      // The button that was pressed is gone: the keyboard's place stays beside it.
      form.querySelector<HTMLElement>('[type=submit]')?.focus();
    });
  }

  /** The option that turns out right. */
  get answer(): string {
    return this.dataset['answer'] ?? '';
  }

  /** What the reader chose; `undefined` while they haven't. */
  get choice(): string | undefined {
    return readProgress().predictions[this.#key];
  }

  /** Keeps the choice and tells the page. */
  commit(choice: string): void {
    markPrediction(this.#lesson, this.id, choice);
    this.#show(choice);
    const detail: PredictDetail = { id: this.id, choice };
    window.dispatchEvent(new CustomEvent('sp:predict', { detail }));
  }

  get #lesson(): string {
    return this.dataset['lesson'] ?? '';
  }

  get #key(): string {
    return `${this.#lesson}/${this.id}`;
  }

  #show(choice: string): void {
    this.classList.add('committed');
    for (const input of this.querySelectorAll('input')) {
      input.checked = input.value === choice && choice !== SKIPPED;
    }
    const noted = this.querySelector('.noted');
    const words = choice === SKIPPED ? predictionWords.skipped : predictionWords.committed(choice);
    if (noted) noted.textContent = words;
  }
}
