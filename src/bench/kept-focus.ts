import { useLayoutEffect, useRef } from 'preact/hooks';
import type { BenchModel } from './bench-model.ts';

/**
 * Keeps the focus within a scroller of which only a part is in the document: when the element that
 * has it goes out of sight and so out of the document, the scroller itself gets it.
 */
export function useKeptFocus(ref: { readonly current: HTMLElement | null }): void {
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const scroller = ref.current;
    if (scroller === null) return;
    if (hadFocus.current && document.activeElement === document.body) {
      scroller.focus({ preventScroll: true });
    }
    hadFocus.current = scroller.contains(document.activeElement);
  });
}

/**
 * Lets the focus go with the choice, once what was chosen is drawn. A reader who has gone elsewhere
 * by then, to the fields for instance, is not called back.
 */
export function focusWhenDrawn(scroller: HTMLElement, selector: string): void {
  requestAnimationFrame(() => {
    if (!scroller.contains(document.activeElement)) return;
    scroller.querySelector<HTMLElement>(selector)?.focus();
  });
}

/** Where the keyboard goes on when a button takes itself away: at the open view's tab. */
export function focusView({ id, tab }: Pick<BenchModel, 'id' | 'tab'>): void {
  document.getElementById(`${id}-tab-${tab.value}`)?.focus();
}
