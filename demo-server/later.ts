/** Something that ends once, such as a socket or a response. */
type Ending = {
  once(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
};

/** Does something later, unless what it belongs to has closed by then. Returns how to call it off. */
export function later(ms: number, owner: Ending, act: () => void): () => void {
  const callOff = () => {
    clearTimeout(timer);
    owner.off('close', callOff);
  };
  const timer = setTimeout(() => {
    callOff();
    act();
  }, ms);
  owner.once('close', callOff);
  return callOff;
}
