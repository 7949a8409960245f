/**
 * The address that was typed on one of the pages around signing in: on the next of them nobody types it again, nor
 * loses what they typed while that was on its way. It lasts as long as the document, and is kept nowhere else.
 */
let typed = "";

/**
 * For `ref` of a field that asks for the address that somebody signs in with.
 *
 * @param field gets what was typed in the one before it, unless something stands there
 * @returns the end of it, which takes along what stands there by then
 */
export function carryAddress(field: HTMLInputElement): () => void {
  if (field.value === "") field.value = typed;
  return () => {
    typed = field.value;
  };
}

/** Once somebody is signed in, so that nobody after them finds it. */
export function forgetTypedAddress(): void {
  typed = "";
}
