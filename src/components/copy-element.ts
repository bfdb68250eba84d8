import { copyWords } from '#words/shell.ts';

/** An example with a button that copies it; without scripts, or where that is refused, text to select. */
class CopyElement extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const text = this.querySelector('code')?.textContent ?? '';
    const status = this.querySelector('[role="status"]');
    if (button === null || status === null) return;
    button.hidden = false;
    button.addEventListener('click', () => {
      navigator.clipboard.writeText(text).then(
        () => {
          status.textContent = copyWords.copied;
        },
        () => this.#select(),
      );
    });
  }

  /** The reader copies it by hand. */
  #select(): void {
    const code = this.querySelector('code');
    if (code !== null) getSelection()?.selectAllChildren(code);
  }
}

customElements.define('sp-copy', CopyElement);
