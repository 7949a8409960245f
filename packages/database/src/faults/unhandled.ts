import { afterEach, beforeEach, expect } from "vitest";

/** Fails a test of this file during which something was thrown where nobody could catch it: outside tests, that ends the process. */
export function expectNothingUnhandled() {
  const unhandled: unknown[] = [];
  const remember = (error: unknown) => void unhandled.push(error);

  beforeEach(() => {
    unhandled.length = 0;
    process.on("unhandledRejection", remember);
    process.on("uncaughtException", remember);
  });

  afterEach(() => {
    process.off("unhandledRejection", remember);
    process.off("uncaughtException", remember);
    expect(unhandled).toEqual([]);
  });
}

/** The promise's outcome, or a failure where it hangs. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const timeOut = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => timeOut.reject(new Error(`Hung for ${milliseconds} ms`)),
    milliseconds,
  );
  try {
    return await Promise.race([promise, timeOut.promise]);
  } finally {
    clearTimeout(timer);
  }
}
