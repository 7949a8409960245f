import { startLectern, startTogether } from "../contenders/servers.ts";
import { type Row, taskContender } from "./bench.ts";

/** What one line of log a request costs, where a request costs least. */
export const loggingRow: Row = {
  name: "logging",
  title: "The tax of logging: system.info with one line a request, and with none",
  unit: "answers/s",
  async prepare(bench) {
    const { academy, processors } = bench;
    const place = { databaseUrl: academy.catalogueUrl, folder: academy.folder, processors };
    await using starting = new AsyncDisposableStack();
    const { logging, silent } = await startTogether(starting, {
      logging: startLectern(place),
      silent: startLectern(place, { logLevel: "silent" }),
    });
    const started = starting.move();
    const paths = ["/trpc/system.info"];
    return {
      contenders: [
        taskContender(bench, "lectern", logging.pid, {
          kind: "get",
          origin: logging.origin,
          paths,
        }),
        taskContender(bench, "lectern, silent", silent.pid, {
          kind: "get",
          origin: silent.origin,
          paths,
        }),
      ],
      comparisons: [{ of: "lectern", to: "lectern, silent", aim: { atLeast: 0.85 } }],
      notes: [],
      [Symbol.asyncDispose]: () => started.disposeAsync(),
    };
  },
};
