import { useEffect, useRef } from 'preact/hooks';

type Props = {
  /** Id of the demo, which the names of its parameters begin with. */
  readonly demo: string;
  /** What is shared, in a word: `room`. */
  readonly what: string;
  /** Its name in the address; empty while nothing is shared. */
  readonly room: string;
  readonly by: string;
  readonly isOff: boolean;
  readonly share: () => void;
};

/** A button that shares something with another browser; its link takes the button's place. */
export function ShareLink({ demo, what, room, by, isOff, share }: Props) {
  const link = useRef<HTMLInputElement>(null);
  const wasPressed = useRef(false);
  useEffect(() => {
    // With the button the keyboard's place is gone. Who came by a link has it elsewhere.
    if (wasPressed.current) link.current?.focus();
  }, [room]);
  if (room === '') {
    const press = () => {
      wasPressed.current = true;
      share();
    };
    return (
      <button type="button" disabled={isOff} onClick={press}>
        Share a {what}
      </button>
    );
  }
  return (
    <label class="panel-link">
      <span>Link to this {what}</span>
      <input
        ref={link}
        type="text"
        readOnly
        value={addressOf(demo, room, by)}
        onFocus={(event) => event.currentTarget.select()}
      />
    </label>
  );
}

function addressOf(demo: string, room: string, by: string): string {
  const url = new URL(location.href);
  url.searchParams.set(`${demo}.room`, room);
  url.searchParams.set(`${demo}.by`, by);
  return url.href;
}
