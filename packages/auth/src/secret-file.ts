import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, stat, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const OWNER_ONLY = 0o600;

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

async function readSecret(path: string): Promise<string | undefined> {
  try {
    const [content, status] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    // Somebody may have copied the folder with a looser umask.
    if ((status.mode & 0o077) !== 0) await chmod(path, OWNER_ONLY);
    return content.trim();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/**
 * Reads a secret from a file that only its owner can read, making it on first use. Safe when several
 * processes do so at once: the first one's secret wins, and no reader sees half a file.
 *
 * @param path where the secret is kept; its folder is made if need be
 * @param make makes a new secret
 * @returns the secret
 */
export async function loadOrCreateSecret(path: string, make: () => string): Promise<string> {
  const existing = await readSecret(path);
  if (existing !== undefined && existing !== "") return existing;

  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.secret-${randomBytes(8).toString("hex")}`);
  await writeFile(temporary, `${make()}\n`, { mode: OWNER_ONLY, flag: "wx" });
  try {
    if (existing === "") await unlink(path);
    await link(temporary, path);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    await unlink(temporary);
  }
  const secret = await readSecret(path);
  if (secret === undefined || secret === "") throw new Error(`No secret could be kept in ${path}`);
  return secret;
}
