import { connect } from "@lectern/database/connect";
import { z } from "zod";
import { handle } from "../handler.ts";
import { defineQueue } from "../queue.ts";
import { startWorker } from "../worker.ts";

/**
 * Arguments: address of the database, name and options of a queue. Takes jobs of the queue and never finishes one, though it is
 * alive; prints the ids of those that it has taken.
 */

const [url = "", name = "", options = "{}"] = process.argv.slice(2);
const Options = z.record(z.string(), z.union([z.int(), z.literal("standard")]));
const queue = defineQueue(name, z.object({}), Options.parse(JSON.parse(options)));
await startWorker({
  db: await connect({ url, poolSize: 3 }),
  logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  pollingIntervalSeconds: 0.05,
  handlers: [
    handle(queue, async (_data, { id, attempt }) => {
      process.stdout.write(`${id} ${attempt}\n`);
      await new Promise(() => {});
    }),
  ],
});
