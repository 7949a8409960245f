/**
 * Does work once for all who ask at the same time. Nobody gets the outcome of work that began before they
 * asked: it may not have seen what they know to be there.
 *
 * @returns the function to ask with
 */
export function freshlyShared<Outcome>(work: () => Promise<Outcome>): () => Promise<Outcome> {
  let before: Promise<unknown> = Promise.resolve();
  let next: Promise<Outcome> | undefined;
  return () => {
    if (next === undefined) {
      next = before.then(() => {
        next = undefined;
        return work();
      });
      before = next.catch(() => {});
    }
    return next;
  };
}
