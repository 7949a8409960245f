import { registerHooks } from "node:module";

/**
 * Loaded before a Lectern that shows what its semaphores are good for: of the product's own code two numbers are changed as
 * it is loaded, how many passwords are worked out at once, and how many people let in to that. As many as may be under way
 * then, which are as many as Node has threads for such work, and all who come.
 */
const FILE = "/auth/src/passwords/passwords.ts";
const OPENED = [
  ["permits: hashedAtOnce(),", "permits: 16,"],
  ["permits: 3, queue: 1000,", "permits: 1000, queue: 1000,"],
];

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    let source = Buffer.from(loaded.source ?? "").toString();
    for (const [closed, open] of OPENED) {
      if (!source.includes(closed)) throw new Error(`There is no semaphore to open in ${url}`);
      source = source.replace(closed, open);
    }
    return { ...loaded, source };
  },
});
