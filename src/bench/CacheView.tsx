import { useEffect, useState } from 'preact/hooks';
import type { Row } from '#capture/row.ts';
import { parseCacheControl } from '#protocol/http-cache/cache-control.ts';
import { cacheWords as words, directiveWords } from '#words/cache.ts';
import type { BenchModel } from './bench-model.ts';
import { cacheOutlook, type CacheOutlook } from './cache-outlook.ts';
import { SectionLink } from './SectionLink.tsx';
import { visibleText } from './visible-text.ts';

/** A change of a tenth of a second can be seen in the figures, and costs little. */
const TICK_MS = 100;

/** A response's `Cache-Control`, taken apart, and what caches will do with the response until when. */
export function CacheView({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  const isFinal = row.kind === 'http.res.head' && Number(row.data['statusCode']) >= 200;
  const fields = row.data['fields'] as Readonly<Record<string, string>> | undefined;
  if (!isFinal || row.data['method'] !== 'GET' || row.data['statusCode'] === 304) return null;
  const field = fields?.['cache-control'];
  const directives = [...parseCacheControl(field)];
  return (
    <div role="group" class="cache-view" aria-label={words.title}>
      <h4>{words.title}</h4>
      {directives.length === 0 ? (
        <p>{words.noField}</p>
      ) : (
        <dl class="cache-directives" aria-label={words.directives}>
          {directives.map(([name, argument]) => (
            <div key={name}>
              <dt>{visibleText(argument === true ? name : `${name}=${argument}`)}</dt>
              <dd>{Object.hasOwn(directiveWords, name) ? directiveWords[name] : words.unknown}</dd>
            </div>
          ))}
        </dl>
      )}
      <Caches row={row} model={model} />
    </div>
  );
}

function Caches({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  const isReplay = model.replay.value !== undefined;
  const [now, setNow] = useState(model.now());
  const request = model.store.row(row.answers);
  const outlooks = [false, true].map((isShared) => cacheOutlook(row, request, now, isShared));
  const isDraining = !isReplay && outlooks.some(({ left }) => left > 0);
  useEffect(() => {
    if (!isDraining) return;
    const timer = setInterval(() => setNow(model.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [isDraining]);
  return (
    <ul class="caches">
      <Cache name={words.caches.private} outlook={outlooks[0]!} />
      <Cache name={words.caches.shared} outlook={outlooks[1]!} />
      {isReplay && <li class="caches-note">{words.atEnd}</li>}
    </ul>
  );
}

function Cache({ name, outlook }: { readonly name: string; readonly outlook: CacheOutlook }) {
  const { storage, lifetime, left } = outlook;
  const why = words.storage[storage.reason];
  const percent = lifetime.seconds > 0 ? Math.max(0, (left / lifetime.seconds) * 100) : 0;
  return (
    <li>
      <p>
        <b>{name}</b> {storage.store ? words.stored(why) : words.notStored(why)}{' '}
        <SectionLink section={storage.section} />
      </p>
      {storage.store && (
        <>
          {lifetime.seconds > 0 && (
            <progress
              class="cache-bar"
              max={100}
              value={percent}
              aria-label={words.bar(name, Math.round(percent))}
            />
          )}
          <p>
            {reuseWords(outlook)} <SectionLink section={outlook.reuse.section} />
          </p>
        </>
      )}
    </li>
  );
}

function reuseWords({ reuse, lifetime, left }: CacheOutlook): string {
  const why = words.lifetimes[lifetime.reason];
  if (reuse.reason === 'NO_CACHE') return words.validates;
  if (reuse.reason === 'VARIES_BY_ANYTHING') return words.varies;
  if (reuse.reuse === 'fresh') return words.fresh(seconds(left), seconds(lifetime.seconds), why);
  if (reuse.reuse === 'stale') return words.usable(seconds(-left));
  return words.stale(seconds(Math.max(0, -left)), why);
}

const seconds = (value: number) => (value < 100 ? value.toFixed(1) : value.toFixed(0));
