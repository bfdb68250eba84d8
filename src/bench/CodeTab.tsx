import { useLayoutEffect, useRef } from 'preact/hooks';

/** Shows the code that was highlighted at build time: the element itself, moved here. */
export function CodeTab({ code }: { readonly code: Element | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (code === undefined) return;
    code.setAttribute('open', '');
    place.current?.append(code);
  }, [code]);
  return <div class="code-tab" ref={place} />;
}
