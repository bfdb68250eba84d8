import type { ComponentChildren } from 'preact';

export function Verdict({ children }: { readonly children: ComponentChildren }) {
  return (
    <p class="panel-verdict" role="status">
      {children}
    </p>
  );
}
