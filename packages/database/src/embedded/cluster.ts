import type { ChildProcess } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Binaries, embeddedMajorVersion } from "./binaries.ts";
import { EmbeddedServerError } from "./errors.ts";
import type { RunAs } from "./run-as.ts";

/** Passwords of the embedded server's two roles. */
export interface Credentials {
  /** Of `postgres`, who may do everything: for maintenance and tests. */
  readonly superuser: string;
  /** Of `lectern`, who owns Lectern's database and nothing else. */
  readonly lectern: string;
}

const credentialsFile = "credentials.json";

/**
 * Makes the data directory unless it is there. A process that is killed meanwhile leaves nothing half made: everything happens in a
 * directory beside it, which is renamed at the end.
 * @throws EmbeddedServerError
 */
export async function ensureCluster(
  binaries: Binaries,
  runAs: RunAs,
  directory: string,
  onInitialise: () => void,
): Promise<Credentials> {
  const data = join(directory, "data");
  const version = await versionOf(data);
  if (version !== undefined) {
    if (Number(version) !== embeddedMajorVersion) {
      throw new EmbeddedServerError(
        "other version",
        `The data in ${data} is PostgreSQL ${version.trim()}'s, and this Lectern brings PostgreSQL ${embeddedMajorVersion}. ` +
          "Export it with the Lectern that made it, and import it into a new directory.",
      );
    }
    return await readCredentials(directory);
  }
  onInitialise();
  await removeUnfinished(directory);
  const credentials = {
    superuser: randomBytes(24).toString("base64url"),
    lectern: randomBytes(24).toString("base64url"),
  };
  await writeFile(join(directory, credentialsFile), `${JSON.stringify(credentials)}\n`, {
    mode: 0o600,
  });
  await initialise(binaries, runAs, directory, credentials.superuser);
  return credentials;
}

/** @returns the content of PG_VERSION; undefined where there is no data yet */
async function versionOf(data: string): Promise<string | undefined> {
  if (!(await stat(data).catch(() => undefined))) return undefined;
  try {
    return await readFile(join(data, "PG_VERSION"), "utf8");
  } catch (error) {
    throw new EmbeddedServerError(
      "no data directory",
      `${data} is another user's, or not a PostgreSQL data directory. Start Lectern as the user who made it, or name another directory.`,
      { cause: error },
    );
  }
}

/** What an initialisation that was killed left behind. */
async function removeUnfinished(directory: string) {
  const entries = await readdir(directory);
  for (const entry of entries.filter((name) => /^(?:data|password)\.[0-9a-f-]{36}$/.test(name))) {
    // An initdb that outlived its Lectern may still be writing.
    await rm(join(directory, entry), { recursive: true, force: true, maxRetries: 10 });
  }
}

export async function readCredentials(directory: string): Promise<Credentials> {
  const path = join(directory, credentialsFile);
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    if (isCredentials(value)) return value;
    throw new TypeError("Not the passwords of an embedded server");
  } catch (error) {
    throw new EmbeddedServerError(
      "credentials lost",
      `${path} holds the passwords of this data directory, and can't be read`,
      {
        cause: error,
      },
    );
  }
}

async function initialise(binaries: Binaries, runAs: RunAs, directory: string, password: string) {
  const temporary = join(directory, `data.${randomUUID()}`);
  const passwordFile = join(directory, `password.${randomUUID()}`);
  await mkdir(temporary, { mode: 0o700 });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (runAs.owner) {
    await chown(temporary, runAs.owner.uid, runAs.owner.gid);
    await chown(passwordFile, runAs.owner.uid, runAs.owner.gid);
  }
  try {
    const failures: string[] = [];
    // pg_trgm asks the C library what a letter is: without a UTF-8 locale "Ørsted" has none but ASCII ones.
    for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
      const { code, output } = await finish(
        runAs.spawn(
          binaries.initdb,
          [
            `--pgdata=${temporary}`,
            `--pwfile=${passwordFile}`,
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // Sorts by code point, the same on every system and in every version.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            `--locale=${locale}`,
            "--no-instructions",
          ],
          ["ignore", "pipe", "pipe"],
        ),
      );
      if (code === 0) {
        await rename(temporary, join(directory, "data"));
        return;
      }
      failures.push(output.trim());
    }
    throw new EmbeddedServerError(
      "initdb failed",
      `The database could not be initialised: ${failures.at(-1) ?? ""}`,
    );
  } finally {
    await rm(passwordFile, { force: true });
    await rm(temporary, { recursive: true, force: true });
  }
}

async function finish(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  child.stdout?.on("data", (chunk) => (output += String(chunk)));
  child.stderr?.on("data", (chunk) => (output += String(chunk)));
  return await new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}

function isCredentials(value: unknown): value is Credentials {
  return (
    typeof value === "object" &&
    value !== null &&
    "superuser" in value &&
    typeof value.superuser === "string" &&
    "lectern" in value &&
    typeof value.lectern === "string"
  );
}
