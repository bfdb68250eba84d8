import { checkWords } from '#words/shell.ts';
import { markCheck, readProgress } from './progress.ts';

/**
 * A quick check: choosing an option says whether it is right. The reason is behind "Answer", and the
 * choice stays on the reader's device.
 */
export class CheckElement extends HTMLElement {
  connectedCallback(): void {
    const remembered = readProgress().checks[`${this.#lesson}/${this.id}`];
    for (const input of this.querySelectorAll('input')) {
      if (input.value !== remembered) continue;
      input.checked = true;
      this.#judge(input.value);
    }
    this.addEventListener('change', (event) => {
      const input = event.target;
      if (!(input instanceof HTMLInputElement)) return;
      markCheck(this.#lesson, this.id, input.value);
      this.#judge(input.value);
    });
  }

  get #lesson(): string {
    return this.dataset['lesson'] ?? '';
  }

  #judge(choice: string): void {
    const right = choice === this.dataset['answer'];
    this.classList.toggle('right', right);
    this.classList.toggle('wrong', !right);
    const summary = this.querySelector('summary');
    const words = right ? checkWords.right : checkWords.wrong;
    if (summary) summary.textContent = `${words} Why?`;
  }
}
