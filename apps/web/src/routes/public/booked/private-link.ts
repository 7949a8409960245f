const KEY = /(?:^|#|key=)([A-Za-z0-9_-]{43})$/u;

/** @returns the address that opens a booking for whoever has it; the key is not part of any request */
export function privateLink(origin: string, reference: string, accessKey: string): string {
  return `${origin}/bookings/${reference}#key=${accessKey}`;
}

/** @returns the key in a private link, in what stands after its `#`, or in a bare key */
export function keyIn(text: string): string | undefined {
  return KEY.exec(text.trim())?.[1];
}
