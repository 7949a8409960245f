import type { Context } from "../context.ts";
import { openLocalDatabase } from "../doctor/local-database.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { Progress } from "../output/progress.ts";
import { UsageError } from "../usage-error.ts";

export interface DemoCommandOptions {
  readonly runs: number;
  readonly seed?: string;
}

/** `lectern demo`: fills the academy on this machine with a big demo, for benchmarks. */
export async function demoCommand(
  { terminal, config, signal }: Context,
  options: DemoCommandOptions,
): Promise<ExitCode> {
  const opened = await openLocalDatabase(config, "lectern-demo");
  if ("problem" in opened) throw new UsageError(`${opened.problem}. ${opened.advice}`);
  // All of it is one transaction: cutting the connection leaves nothing behind.
  const cut = () => void opened.db.close({ timeoutMs: 0 });
  signal.addEventListener("abort", cut, { once: true });
  try {
    const { loadBigDemo } = await import("@lectern/demo/load-big-demo");
    const { migrate } = await import("@lectern/database/migrate");
    await migrate(opened.db);
    using progress = new Progress(terminal);
    const started = performance.now();
    const result = await loadBigDemo(opened.db, {
      runs: options.runs,
      today: Temporal.Now.plainDateISO("UTC"),
      ...(options.seed !== undefined && { seed: options.seed }),
      onProgress: ({ step, done, total }) => progress.show(step, done, total),
    });
    progress[Symbol.dispose]();
    const seconds = (performance.now() - started) / 1000;
    terminal.json({ ...result, seconds: Math.round(seconds * 10) / 10 });
    terminal.print(
      result.loaded
        ? `${result.runs} runs of ${result.courses} courses, ${result.sessions} sessions and ${result.bookings} bookings loaded in ${seconds.toFixed(1)} s.`
        : "This academy has a big demo already: nothing was changed.",
    );
    return EXIT.ok;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", cut);
    await opened.db.close();
  }
}
