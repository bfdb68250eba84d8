type ToolProps = {
  readonly sign: string;
  readonly name: string;
  readonly act: (() => void) | undefined;
};

/** Stays focusable when there is nothing to do, so that keys don't lose their place. */
export function Tool({ sign, name, act }: ToolProps) {
  return (
    <button
      type="button"
      class="timeline-tool"
      aria-label={name}
      title={name}
      aria-disabled={act === undefined}
      onClick={act}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}
