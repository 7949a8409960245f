import { registerHooks } from "node:module";

/**
 * Loaded before the servers of the negative control: they run the product's own code but for the guard of
 * the claim, which is cut out of the source as it is loaded.
 */
const FILE = "/features/bookings/claims/claim-statement.ts";
const GUARD = "AND taken + ${$.allPlaces} <= capacity";

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(FILE)) return loaded;
    const source = Buffer.from(loaded.source ?? "").toString();
    if (!source.includes(GUARD)) throw new Error(`There is no guard to remove in ${url}`);
    return { ...loaded, source: source.replace(GUARD, "") };
  },
});
