import { readFileSync, statSync } from "node:fs";
import { platform } from "node:process";

/** Variables that hold a secret: each may be given as the name of a file that holds it, with `_FILE` at the end. */
export const SECRET_VARIABLES = [
  "DATABASE_URL",
  "LECTERN_OPERATOR_TOKEN",
  "LECTERN_SECRET",
  "LECTERN_SECRET_PREVIOUS",
  "LECTERN_SMTP_URL",
] as const;

/** Of a file that everybody on the machine may read, write or open. Its group may be that of the container. */
const EVERYBODY = 0o007;

export interface GivenSecrets {
  /** The environment, with what the files hold in the place of their names. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is wrong, each with the variable that it is about; never with what a file holds. */
  readonly faults: readonly string[];
}

/**
 * Reads the secrets that are given as files, as stores of secrets give them (Docker, Kubernetes, systemd, agents of
 * vaults).
 */
export function readGivenSecrets(
  environment: Readonly<Record<string, string | undefined>>,
): GivenSecrets {
  const read: Record<string, string | undefined> = { ...environment };
  const faults: string[] = [];
  for (const name of SECRET_VARIABLES) {
    const path = environment[`${name}_FILE`]?.trim();
    if (path === undefined || path === "") continue;
    if ((environment[name] ?? "").trim() !== "") {
      faults.push(`${name}_FILE must not be set together with ${name}: which one counts?`);
      continue;
    }
    const { secret, fault } = readSecretFile(path);
    if (fault !== undefined) faults.push(`${name}_FILE ${fault}`);
    read[name] = secret;
  }
  return { environment: read, faults };
}

function readSecretFile(path: string): { secret?: string; fault?: string } {
  try {
    const status = statSync(path);
    if (!status.isFile()) return { fault: "names something that is no file" };
    if (platform !== "win32" && (status.mode & EVERYBODY) !== 0) {
      return { fault: "names a file that everybody on this machine may use: chmod 600, or 640" };
    }
    const secret = readFileSync(path, "utf8").trim();
    return secret === "" ? { fault: "names a file that is empty" } : { secret };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    return { fault: `names a file that can't be read (${code})` };
  }
}
