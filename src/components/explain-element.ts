import { predictionWords } from '#words/shell.ts';
import { hashTarget } from './hash-target.ts';
import { PredictElement, type PredictDetail } from './predict-element.ts';
import { SKIPPED } from './progress.ts';

/** Folded until the prediction before it is committed or skipped. Without scripts it stands open. */
export class ExplainElement extends HTMLElement {
  connectedCallback(): void {
    const choice = this.#predict?.choice;
    if (choice !== undefined || !this.#predict) this.unfold(choice);
    window.addEventListener('sp:predict', (event) => {
      const { id, choice } = (event as CustomEvent<PredictDetail>).detail;
      if (id === this.dataset['after']) this.unfold(choice);
    });
    this.querySelector('.folded button')?.addEventListener('click', () => {
      this.skip();
      // The button that was pressed is gone: reading goes on where it stood.
      this.querySelector<HTMLElement>('.unfolded')?.focus();
    });
  }

  /** Unfolds it for a reader who doesn't want to predict. */
  skip(): void {
    if (this.classList.contains('open')) return;
    this.#predict?.commit(SKIPPED);
    this.unfold(SKIPPED);
  }

  /** Unfolds it and says how the prediction did. */
  unfold(choice: string | undefined): void {
    this.classList.add('open');
    const answer = this.#predict?.answer;
    const verdict = this.querySelector('.verdict');
    if (!verdict || !answer || choice === undefined) return;
    verdict.classList.toggle('right', choice === answer);
    if (choice === SKIPPED) verdict.textContent = predictionWords.unpredicted(answer);
    else if (choice === answer) verdict.textContent = predictionWords.right(choice);
    else verdict.textContent = predictionWords.wrong(choice, answer);
  }

  get #predict(): PredictElement | undefined {
    const element = document.getElementById(this.dataset['after'] ?? '');
    return element instanceof PredictElement ? element : undefined;
  }
}

/** A link to a step must show that step: unfolds the explanation that holds the address's target. */
export function unfoldTarget(): void {
  const target = document.getElementById(hashTarget());
  const explain = target?.closest('sp-explain:not(.open)');
  if (!(explain instanceof ExplainElement)) return;
  explain.skip();
  target?.scrollIntoView();
}
