type Props = {
  /** What the first button says, when it is not `Start`. */
  readonly name?: string;
  /** Where the demo's server side is; undefined: there is nothing to start. */
  readonly address: string | undefined;
  readonly isRunning: boolean;
  readonly start: () => void;
  readonly stop: () => void;
};

/** Begins what a demo does, and ends it before it is over. */
export function StartStop({ name = 'Start', address, isRunning, start, stop }: Props) {
  return (
    <div class="panel-actions">
      <button
        type="button"
        class="go"
        disabled={address === undefined || isRunning}
        onClick={start}
      >
        {name}
      </button>
      <button type="button" disabled={!isRunning} onClick={stop}>
        Stop
      </button>
    </div>
  );
}
