/** A text that is no capsule of ours; the message is a sentence that names what is wrong in it. */
export class CapsuleError extends Error {
  override readonly name = 'CapsuleError';
}
