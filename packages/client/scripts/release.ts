import { fileURLToPath } from "node:url";
import { buildRelease } from "./build-release.ts";

await buildRelease(fileURLToPath(new URL("../release", import.meta.url)));
