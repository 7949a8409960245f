/** So many at once: the API serves others meanwhile. */
const AT_ONCE = 3;

interface RunAll<Item, Failure> {
  readonly items: readonly Item[];
  readonly run: (item: Item) => Promise<unknown>;
  /** @returns what is to be kept of a failure; `undefined` stops all that has not begun */
  readonly onFailure: (item: Item, error: unknown) => Failure | undefined;
  readonly onProgress: (done: number) => void;
  readonly signal: AbortSignal;
}

interface Outcome<Item, Failure> {
  readonly done: readonly Item[];
  readonly failed: readonly (readonly [item: Item, failure: Failure])[];
  /** Those that were not begun, for it was stopped. */
  readonly left: readonly Item[];
}

/** Does something with each, a few at once. One that fails does not keep the others from it. */
export async function runAll<Item, Failure>(
  job: RunAll<Item, Failure>,
): Promise<Outcome<Item, Failure>> {
  const { items, run, onFailure, onProgress, signal } = job;
  const done: Item[] = [];
  const failed: (readonly [Item, Failure])[] = [];
  const left = [...items];
  let isStopped = false;
  async function work(): Promise<void> {
    for (;;) {
      if (isStopped || signal.aborted) return;
      const [item] = left.splice(0, 1);
      if (item === undefined) return;
      try {
        await run(item);
        done.push(item);
      } catch (error) {
        const failure = onFailure(item, error);
        if (failure === undefined) {
          isStopped = true;
          left.unshift(item);
          return;
        }
        failed.push([item, failure]);
      }
      onProgress(done.length + failed.length);
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, work));
  return { done, failed, left };
}
