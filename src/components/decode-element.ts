import { decodeWords } from '#words/decode.ts';

const wordsFor = decodeWords.labels as Readonly<Record<string, string>>;

/** A frame to take apart by hand: first each byte gets its name, then the payload its letters. */
class DecodeElement extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('click', ({ target }) => {
      const tile = target instanceof Element ? target.closest<HTMLElement>('[data-hex]') : null;
      if (tile) this.#label(tile);
    });
    this.addEventListener('input', ({ target }) => {
      if (target instanceof HTMLInputElement && target.dataset['right']) this.#spell(target);
    });
  }

  get #tiles(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[data-hex]')];
  }

  get #letters(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[data-right]')];
  }

  #label(tile: HTMLElement): void {
    const label = this.querySelector<HTMLInputElement>('input[type=radio]:checked')?.value ?? '';
    const name = wordsFor[label] ?? '';
    tile.dataset['label'] = label;
    const text = tile.querySelector('small');
    if (text) text.textContent = name;
    const place = this.#tiles.indexOf(tile) + 1;
    tile.setAttribute('aria-label', decodeWords.tile(place, tile.dataset['hex'] ?? '', name));
    this.#judge();
  }

  /** Says nothing of single bytes until all have a name: then it says how many are right. */
  #judge(): void {
    const tiles = this.#tiles;
    const named = tiles.filter(({ dataset }) => dataset['label'] !== undefined).length;
    const right = tiles.filter(({ dataset }) => dataset['label'] === dataset['right']).length;
    const isWhole = right === tiles.length;
    const isJudged = named === tiles.length;
    for (const tile of tiles) {
      const isRight = tile.dataset['label'] === tile.dataset['right'];
      tile.classList.toggle('right', isJudged && isRight);
      tile.classList.toggle('wrong', isJudged && !isRight);
    }
    this.#say(
      this.querySelector('.verdict'),
      isWhole
        ? decodeWords.whole
        : isJudged
          ? decodeWords.judged(right, tiles.length)
          : decodeWords.begin(tiles.length - named),
    );
    const unmask = this.querySelector<HTMLElement>('.decode-unmask');
    if (unmask && isWhole) unmask.hidden = false;
  }

  #spell(input: HTMLInputElement): void {
    const letters = this.#letters;
    const isRight = input.value === input.dataset['right'];
    input.classList.toggle('right', isRight);
    input.classList.toggle('wrong', input.value !== '' && !isRight);
    if (isRight) letters[letters.indexOf(input) + 1]?.focus();
    const right = letters.filter(({ value, dataset }) => value === dataset['right']).length;
    this.#say(
      this.querySelector('.decode-unmask .verdict'),
      right === letters.length
        ? decodeWords.spelt(letters.map(({ value }) => value).join(''))
        : decodeWords.letters(right, letters.length),
    );
  }

  #say(place: Element | null, text: string): void {
    if (place) place.textContent = text;
  }
}

customElements.define('sp-decode', DecodeElement);
