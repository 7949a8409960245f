import path from "node:path";
import { installPackedClient } from "./install-packed-client.ts";

/** `node scripts/install-packed.ts FOLDER`: the packed client in a new folder, with programs that use it. */
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Say which folder to make");
await installPackedClient(path.resolve(folder));
