import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { words } from '#words/instrument.ts';
import type { BenchModel } from './bench-model.ts';
import { codeAddress } from './code-address.ts';

/** Shows the code that was highlighted at build time: the part of its own page that holds it. */
export function CodeTab({ model }: { readonly model: BenchModel }) {
  const place = useRef<HTMLDivElement>(null);
  const [isMissing, setMissing] = useState(false);
  const address = codeAddress(model.demo.id);
  useLayoutEffect(() => {
    const request = loadDocument(address, (page) => {
      const code = page?.querySelector('.demo-code') ?? undefined;
      if (code === undefined) setMissing(true);
      else place.current?.replaceChildren(document.adoptNode(code));
    });
    return () => request.abort();
  }, [address]);
  return (
    <div class="code-tab" tabIndex={0} role="region" aria-label={words.codeOf(model.demo.title)}>
      <div ref={place} />
      {isMissing && <p>{words.codeMissing}</p>}
      <p>
        <a href={address}>{words.codePage}</a>
      </p>
    </div>
  );
}

/** Loads a page as a document whose scripts don't run; no text of ours ever becomes markup. */
function loadDocument(address: string, onLoad: (page: Document | null) => void): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open('GET', address);
  request.responseType = 'document';
  request.onload = () => onLoad(request.status === 200 ? request.responseXML : null);
  request.onerror = () => onLoad(null);
  request.send();
  return request;
}
