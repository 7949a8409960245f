import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits for a condition instead of for a time.
 * @param condition what it answers counts as soon as it is neither false nor undefined
 * @param timeoutMs milliseconds until the test fails
 */
export async function waitFor<T>(
  condition: () => Promise<T | false | undefined> | T | false | undefined,
  timeoutMs = 5000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = await condition();
    if (found !== false && found !== undefined) return found;
    if (performance.now() > end)
      throw new Error(`Waited ${timeoutMs} ms in vain for ${condition.toString()}`);
    await sleep(5);
  }
}
