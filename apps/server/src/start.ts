import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * `npm start`. What TypeScript and V8 make of the sources is kept for the next start, which has to be
 * asked for before the first of them is loaded.
 */
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/lectern", import.meta.url)));

const { startForPeople } = await import("./start-for-people.ts");
await startForPeople(process.env, process.cwd());
