import { afterLoad } from '#components/after-load.ts';

/** The race on the home page: as it was recorded, until a live server is there and it is seen. */
class OpeningRace extends HTMLElement {
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    this.#observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      this.#observer?.disconnect();
      void this.#start();
    });
    afterLoad(() => this.#observer?.observe(this));
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
  }

  /** A hosted copy has nothing to race against, and loads nothing more. */
  async #start(): Promise<void> {
    try {
      const response = await fetch('/version.json', { cache: 'no-store' });
      const { mode } = (await response.json()) as { mode?: string };
      if (mode !== 'local') return;
      const { startOpening } = await import('./start-opening.tsx');
      startOpening(this);
    } catch {
      // Without a server the recording stands.
    }
  }
}

customElements.define('opening-race', OpeningRace);
