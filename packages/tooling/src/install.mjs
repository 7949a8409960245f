/**
 * Runs before `npm start` and `npm test`: makes sure that what package.json and the lockfile name is installed, on a
 * machine that has nothing but Node, npm and git. It is plain JavaScript, because the Node that runs it the first time
 * may be too old for anything else; and it imports nothing of Lectern before it has looked at that Node's version.
 */
import { fileURLToPath } from "url";

const OLDEST_NODE = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;

if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.stderr.write(
    `Lectern needs Node ${OLDEST_NODE.join(".")} or later to install itself; this is Node ${process.versions.node}.\n` +
      "Get a current one from https://nodejs.org, then run the same command again.\n",
  );
  process.exitCode = 1;
} else {
  const { isInstalled } = await import("./install/installed-state.mjs");
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  if (!isInstalled(root)) {
    const { ensureInstalled } = await import("./install/ensure-installed.mjs");
    process.exitCode = await ensureInstalled(root);
  }
}
