import { registerHooks } from "node:module";

/**
 * Gives Directus nothing in place of `isolated-vm`, which runs scripts of flows and extensions, has no build for every machine
 * and would have to be compiled. There are no such scripts here.
 */
const NOTHING = new URL("nothing.mjs", import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    return specifier === "isolated-vm"
      ? { url: NOTHING, format: "module", shortCircuit: true }
      : nextResolve(specifier, context);
  },
});
