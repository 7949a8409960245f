let turn: Promise<void> | undefined;

/**
 * Resolves once the event loop has read all that there is to read. Answers wait for that, so that those to requests that came together go out
 * together: the same code runs for one after the other while it is in the processor's caches, and whoever is on the other side is woken once
 * and not for each. What it spares is in docs/decisions/own-wire-handler.md. Who comes alone waits
 * for nobody: the loop goes on at once.
 */
export function endOfTurn(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
