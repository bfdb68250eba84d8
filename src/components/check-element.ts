import { checkWords } from '#words/shell.ts';

/** A quick check: choosing an option says whether it is right. The reason is behind "Answer". */
export class CheckElement extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', (event) => {
      const input = event.target;
      if (!(input instanceof HTMLInputElement)) return;
      const right = input.value === this.dataset['answer'];
      this.classList.toggle('right', right);
      this.classList.toggle('wrong', !right);
      const summary = this.querySelector('summary');
      const words = right ? checkWords.right : checkWords.wrong;
      if (summary) summary.textContent = `${words} Why?`;
    });
  }
}
