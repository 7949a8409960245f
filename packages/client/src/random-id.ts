/**
 * @returns 128 random bits as 32 hexadecimal digits. `crypto.randomUUID` won't do: browsers lack it
 *   on pages that came without TLS
 */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Makes the key of one intended effect: new for each, and the same for each retry of it. */
export function newIdempotencyKey(): string {
  return randomId();
}
