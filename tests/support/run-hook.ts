import { registerHooks } from 'node:module';
import { h, render, type ContainerNode } from 'preact';
import { act } from 'preact/test-utils';

// A hook may load what draws its results: here, nothing does.
registerHooks({
  load: (url, context, next) =>
    url.endsWith('.tsx')
      ? { format: 'module', source: '', shortCircuit: true }
      : next(url, context),
});
// Preact asks whether it is to draw into the document itself.
Object.assign(globalThis, { document: {} });

/**
 * Runs a hook in a panel that draws nothing. `draw` hands it other props, `leave` takes the panel
 * away; the effects of both are over when they return.
 */
export function runHook<Props extends object, Result>(
  hook: (props: Props) => Result,
  props: Props,
) {
  const parent: ContainerNode = {
    nodeType: 1,
    parentNode: null,
    firstChild: null,
    childNodes: [],
    contains: () => false,
    insertBefore: (node) => node,
    appendChild: (node) => node,
    removeChild: (node) => node,
  };
  let result: Result | undefined;
  const Panel = (given: Props) => {
    result = hook(given);
    return null;
  };
  const draw = (next: Props) => void act(() => render(h(Panel, next), parent));
  draw(props);
  return {
    draw,
    leave: () => void act(() => render(null, parent)),
    get result(): Result {
      return result as Result;
    },
  };
}
