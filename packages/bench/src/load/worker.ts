import { getAttempts, holdAttempts, postAttempts, signInAttempts } from "./http-attempts.ts";
import { sqlAttempts, useCaseAttempts } from "./claim-attempts.ts";
import { type Attempts, runLoops, runSteadily } from "./loops.ts";
import { Order, type Reply, type Task } from "./messages.ts";

/**
 * A load process: does what it is ordered to over the channel to its parent, and ends with it. In a process of its own, so
 * that it can run on another processor than the server, and collecting its garbage is nobody else's time.
 */

/** Connections to the database stay from one order to the next, like a server's; those to a server do not. */
const kept = new Map<string, Promise<Attempts>>();

async function openAttempts({ task, clients }: Order): Promise<Attempts> {
  switch (task.kind) {
    case "get":
      return getAttempts(task.origin, task.paths, clients, task);
    case "post":
      return postAttempts(task, clients);
    case "sign in":
      return signInAttempts(task.origin, task.people, clients);
    case "hold by HTTP":
      return holdAttempts(task.origin, task.runs, clients);
    case "hold by SQL":
    case "hold by use case":
      return keep(task);
  }
}

async function keep(
  task: Extract<Task, { kind: "hold by SQL" | "hold by use case" }>,
): Promise<Attempts> {
  const key = JSON.stringify(task);
  const opening =
    kept.get(key) ??
    (task.kind === "hold by SQL"
      ? Promise.resolve(sqlAttempts(task.databaseUrl, task.runs))
      : useCaseAttempts(task.databaseUrl, task.runs, task.inTurn));
  kept.set(key, opening);
  const attempts = await opening;
  return {
    attempt: (client) => attempts.attempt(client),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function carryOut(order: Order): Promise<Reply> {
  try {
    await using attempts = await openAttempts(order);
    const { perSecond } = order;
    const tally =
      perSecond === undefined
        ? await runLoops(attempts, order)
        : await runSteadily(attempts, { ...order, perSecond });
    return { kind: "done", tally };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", (message) => {
  void carryOut(Order.parse(message)).then((reply) => process.send?.(reply));
});
process.once("disconnect", () => {
  process.exit();
});
