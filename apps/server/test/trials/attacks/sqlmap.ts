import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** sqlmap, as far as this trial uses it. */

/** What sqlmap tries to get into. `*` marks where. */
export interface Target {
  readonly name: string;
  readonly url: string;
  /** JSON; without it, the address is asked for by GET. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Verdict =
  | { readonly outcome: "injectable" | "not injectable" | "out of time" }
  /** It could not do its work. */
  | { readonly outcome: "unclear"; readonly output: string };

/** Texts in JSON: what sqlmap puts there by itself for a body, and not for an address. */
const TAMPER = `import json
from lib.core.enums import PRIORITY
__priority__ = PRIORITY.NORMAL
def dependencies():
    pass
def tamper(payload, **kwargs):
    return json.dumps(payload)[1:-1] if payload else payload
`;

/** @returns whether it is installed */
export function isSqlmapThere(): Promise<boolean> {
  return new Promise((resolve) => {
    execFile("sqlmap", ["--version"], (error) => resolve(error === null));
  });
}

/**
 * Has sqlmap look for a way into a target.
 *
 * @param folder for what it writes
 * @param timeoutMs after which it is stopped
 */
export async function trySqlmap(
  target: Target,
  folder: string,
  timeoutMs: number,
): Promise<Verdict> {
  const tampers = join(folder, "tampers");
  await mkdir(tampers, { recursive: true });
  await writeFile(join(tampers, "__init__.py"), "");
  await writeFile(join(tampers, "injson.py"), TAMPER);
  const { url, body, headers = {} } = target;
  const args = [
    "--batch",
    "--level=2",
    "--risk=2",
    "--flush-session",
    "--disable-coloring",
    `--output-dir=${folder}`,
    "--dbms=PostgreSQL",
    "--retries=0",
    "--timeout=20",
    // A test of one place: what else a request holds is looked at by other targets.
    ...Object.entries(headers).map(([name, value]) => `--header=${name}: ${value}`),
    ...(body === undefined
      ? [`--tamper=${join(tampers, "injson.py")}`]
      : ["--method=POST", `--data=${body}`]),
    `--url=${url}`,
  ];
  const output = await new Promise<string>((resolve) => {
    execFile(
      "sqlmap",
      args,
      { timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, HOME: folder } },
      (error, stdout, stderr) => {
        resolve(`${stdout}${stderr}${error?.killed === true ? "\nstopped after its time" : ""}`);
      },
    );
  });
  if (/identified the following injection point|parameter .* is vulnerable/u.test(output)) {
    return { outcome: "injectable" };
  }
  if (/do(?:es)? not (?:appear|seem) to be injectable/u.test(output)) {
    return { outcome: "not injectable" };
  }
  if (output.endsWith("stopped after its time")) return { outcome: "out of time" };
  return { outcome: "unclear", output };
}
