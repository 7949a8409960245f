import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import "@lectern/database/resolve-once";

/**
 * What a program imports before it loads all the rest: names of packages are looked up once, and what TypeScript and V8 make of the
 * sources is kept for the next start.
 */
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/lectern", import.meta.url)));
