import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "../config.ts";
import { queryPath } from "../contenders/query-path.ts";
import { freePort } from "../contenders/server-process.ts";
import type { Contender } from "../sample.ts";
import { type Row, sampleOfValue } from "./bench.ts";

/** What an operator waits for: the command that starts an academy that is installed, to the first query that it answers. */

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const PATH = queryPath("courses.list", { limit: 20 });
const START_TIMEOUT_MS = 120_000;

const WHOLE = "npm start, with a PostgreSQL of its own";

export const coldStartRow: Row = {
  name: "cold-start",
  title: `From ${WHOLE}, to the first query that is answered`,
  unit: "s",
  prepare({ academy }) {
    return Promise.resolve({
      contenders: [starter(join(academy.folder, "cold-start"))],
      comparisons: [],
      notes: ["The first start, which makes the database, is not counted. The aim is 3 s."],
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  },
};

function starter(data: string): Contender {
  return {
    name: WHOLE,
    warmUp: async () => {
      await secondsToStart(data);
    },
    async measure() {
      return sampleOfValue(await secondsToStart(data), { started: 1 });
    },
  };
}

async function secondsToStart(data: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: ROOT,
    env: {
      ...plainEnvironment(),
      PORT: String(port),
      HOST: "127.0.0.1",
      LECTERN_DATA: data,
    },
    stdio: "ignore",
    // Whoever ends the benchmark ends what it has started.
    detached: true,
  });
  try {
    const deadline = begun + START_TIMEOUT_MS;
    while (performance.now() < deadline) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      const answered = await fetch(`http://127.0.0.1:${port}${PATH}`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answered) return (performance.now() - begun) / 1000;
      await sleep(10);
    }
    throw new Error(`It had not answered after ${START_TIMEOUT_MS} ms`);
  } finally {
    const ended = once(child, "close");
    if (child.exitCode === null && child.pid !== undefined) {
      process.kill(-child.pid, "SIGTERM");
      await ended;
    }
  }
}
