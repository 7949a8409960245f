import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "../config.ts";
import { type Order, Reply, type Tally } from "./messages.ts";

const PROGRAM = fileURLToPath(new URL("worker.ts", import.meta.url));

/** A load process. */
export interface Worker extends AsyncDisposable {
  readonly pid: number;
  /** @throws Error with what the process said when it failed */
  run(order: Order): Promise<Tally>;
}

/** @param wrap puts the command on a processor */
export async function startWorker(
  wrap: (command: readonly [string, ...string[]]) => readonly [string, ...string[]] = (command) =>
    command,
): Promise<Worker> {
  const [program, ...args] = wrap([process.execPath, PROGRAM]);
  const child = spawn(program, args, {
    env: plainEnvironment(),
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "spawn");
  return {
    pid: child.pid ?? 0,
    run: (order) => carryOut(child, order),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill();
      await exited;
    },
  };
}

async function carryOut(child: ChildProcess, order: Order): Promise<Tally> {
  const over = new AbortController();
  try {
    const answered = once(child, "message", { signal: over.signal });
    const ended = once(child, "exit", { signal: over.signal }).then(() => {
      throw new Error("A load process has ended");
    });
    child.send(order);
    const message: readonly unknown[] = await Promise.race([answered, ended]);
    const reply = Reply.parse(message[0]);
    if (reply.kind === "failed") throw new Error(reply.reason);
    return reply.tally;
  } finally {
    over.abort();
  }
}
