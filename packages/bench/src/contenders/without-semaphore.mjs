import { registerHooks } from "node:module";

/**
 * Loaded before a Lectern that shows what its semaphore is good for: of the product's own code one number is changed as
 * it is loaded, how many passwords are worked out at once. As many as may be under way then, which are as many as Node has
 * threads for such work.
 */
const FILE = "/auth/src/passwords/passwords.ts";
const ONE_AT_A_TIME = "permits: 1,";

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const source = Buffer.from(loaded.source ?? "").toString();
    if (!source.includes(ONE_AT_A_TIME)) throw new Error(`There is no semaphore to open in ${url}`);
    return { ...loaded, source: source.replace(ONE_AT_A_TIME, "permits: 16,") };
  },
});
