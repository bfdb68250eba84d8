import { afterLoad } from '#components/after-load.ts';

/**
 * The element around a bench. The bench is in the page as HTML; this brings it to life when it is
 * about to be seen or used, and not before.
 */
class WireBench extends HTMLElement {
  #isStarted = false;
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) this.#start();
      },
      { rootMargin: '200px' },
    );
    // The page first, and the fonts of its text.
    afterLoad(() => this.#observer?.observe(this));
    for (const type of ['pointerdown', 'focusin']) {
      this.addEventListener(type, () => this.#start(), { once: true });
    }
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  #start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.#observer?.disconnect();
    this.#observer = undefined;
    // A button that was pressed before there was anybody to hear it.
    let pressed: HTMLElement | null = null;
    const notePress = ({ target }: Event) => {
      pressed = (target as Element).closest('button');
    };
    this.addEventListener('click', notePress);
    const onAlive = () => {
      this.removeEventListener('click', notePress);
      pressed?.click();
    };
    void import('./start-bench.tsx').then(({ startBench }) => startBench(this, onAlive));
  }
}

customElements.define('wire-bench', WireBench);
