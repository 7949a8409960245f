import { registerHooks } from "node:module";

/**
 * For programs that tests start by the dozen: `node --import` this, and what a name of a package stands for is looked up once for each
 * folder of sources, not for each file. Node reads the package's manifest anew every time, and Drizzle's has 180 KB.
 */

const resolved = new Map();

registerHooks({
  resolve(specifier, context, next) {
    // `import.meta.resolve` gives neither of the latter.
    const { parentURL = "", conditions, importAttributes } = context;
    const sources = parentURL.indexOf("/src/");
    // Only names of packages, as files of the repository give them, mean the same in all of a folder.
    if (
      sources === -1 ||
      parentURL.includes("/node_modules/") ||
      /^[./]|^[a-z]+:/u.test(specifier)
    ) {
      return next(specifier, context);
    }
    const folder = parentURL.slice(0, sources);
    const key = [specifier, folder, importAttributes?.type, ...(conditions ?? [])].join("|");
    const found = resolved.get(key) ?? { ...next(specifier, context), shortCircuit: true };
    resolved.set(key, found);
    return found;
  },
});
