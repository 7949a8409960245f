import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Ended, run } from "../testing/run.ts";
import { ROOT } from "../workspace.ts";

/** Runs what comes before `npm start` in a small repository, with a stand-in for npx that notes its calls. */

const NODE = process.versions.node;
const NOBODY = 65534;
/** The name of no machine (RFC 2606). */
const REGISTRY = "http://registry.invalid/";

/** Installs a Node and a folder for each package, after having noted how it was called. */
const NPX = `
import { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const root = process.argv[process.argv.indexOf("--dir") + 1];
writeFileSync(process.env.CALLS + ".pid", String(process.pid));
appendFileSync(process.env.CALLS, JSON.stringify([process.cwd() === root, process.env.NODE_ENV ?? null, ...process.argv.slice(2)]) + "\\n");
await new Promise((resolve) => setTimeout(resolve, Number(process.env.TAKES_MS ?? 0)));
if (process.env.FAILS) { console.error("pnpm says no"); process.exit(7); }
for (const folder of ["node_modules/.bin", "packages/api/node_modules"]) mkdirSync(join(root, folder), { recursive: true });
const node = join(root, "node_modules/.bin/node");
rmSync(node, { force: true });
symlinkSync(process.execPath, node);
`;

let folder = "";
let root = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lectern-install-"));
  chmodSync(folder, 0o755);
  root = join(folder, "repository/");
  for (const file of ["install.mjs", "output.mjs", "install"]) {
    const from = join(ROOT, "packages/tooling/src", file);
    cpSync(from, join(root, "packages/tooling/src", file), { recursive: true });
  }
  const manifest = { packageManager: "pnpm@1.2.3", optionalDependencies: pinned(NODE) };
  write("package.json", JSON.stringify(manifest));
  write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
  write("pnpm-workspace.yaml", "packages: []\n");
  write(".pnpmfile.mjs", "");
  write("apps/web/package.json", "{}");
  write("packages/api/package.json", JSON.stringify({ dependencies: { zod: "4.6.7" } }));
  write("../npm/npx-cli.js", NPX);
  write("../npm/package.json", JSON.stringify({ type: "module" }));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function pinned(version: string): Record<string, string> {
  const platforms = ["linux-x64", "linux-arm64", "darwin-x64", "win-x64", "bin-darwin-arm64"];
  return Object.fromEntries(platforms.map((platform) => [`node-${platform}`, version]));
}

function write(file: string, text: string) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function environmentOf(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return {
    PATH: join(folder, "empty"),
    HOME: folder,
    CALLS: join(folder, "calls"),
    npm_execpath: join(folder, "npm", "npm-cli.js"),
    npm_config_registry: REGISTRY,
    ...extra,
  };
}

function install(extra: NodeJS.ProcessEnv = {}, uid?: number): Promise<Ended> {
  const program = join(root, "packages/tooling/src/install.mjs");
  const options = uid === undefined ? {} : { uid };
  return run(process.execPath, [program], root, { environment: environmentOf(extra), ...options });
}

function calls(): unknown[] {
  const file = join(folder, "calls");
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.map((line): unknown => JSON.parse(line));
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe("what is installed", () => {
  test("is what the lockfile says, by the pinned pnpm, development dependencies included", async () => {
    const ended = await install({ NODE_ENV: "production" });
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("with pnpm 1.2.3 by way of npx");
    const isInRepository = false;
    expect(calls()).toEqual([
      [isInRepository, null, "--yes", "pnpm@1.2.3", "--dir", root, "install", "--frozen-lockfile"],
    ]);
  });

  test("is not installed again, silently", async () => {
    await install();
    expect(await install()).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(calls()).toHaveLength(1);
  });

  const changes: [string, () => void][] = [
    ["the lockfile", () => write("pnpm-lock.yaml", "lockfileVersion: '9.1'\n")],
    ["a setting", () => write("pnpm-workspace.yaml", "packages: ['apps/*']\n")],
    ["a manifest", () => write("apps/web/package.json", `{"name":"web"}`)],
    ["a patch", () => write("packages/api/patches/zod.patch", "+1")],
    ["a new package", () => write("packages/auth/package.json", "{}")],
    [
      "a folder that has gone",
      () => rmSync(join(root, "packages/api/node_modules"), { recursive: true }),
    ],
  ];
  test.each(changes)("is installed again after a change of %s", async (_name, change) => {
    await install();
    change();
    expect((await install()).stdout).toContain("Installed in");
    expect(calls()).toHaveLength(2);
    expect((await install()).stdout).toBe("");
  });

  test("brings the pinned Node along, or says so", async () => {
    const manifest = { packageManager: "pnpm@1.2.3", optionalDependencies: pinned("99.0.0") };
    write("package.json", JSON.stringify(manifest));
    const ended = await install();
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`is v${NODE}, not v99.0.0`);
    expect((await install()).code).toBe(1);
  });
});

describe("an installation that does not end well", () => {
  test("fails, says why, and is tried again", async () => {
    const ended = await install({ FAILS: "1" });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("pnpm says no");
    expect(ended.stderr).toContain(`${REGISTRY} is out of reach: is this machine online?`);
    expect((await install()).code).toBe(0);
  });

  test("is tried again after it was killed", async () => {
    await install();
    write("pnpm-lock.yaml", "lockfileVersion: '9.1'\n");
    const killed = install({ TAKES_MS: "30000" });
    await until(() => calls().length === 2);
    const npx = Number(readFileSync(join(folder, "calls.pid"), "utf8"));
    process.kill(
      Number(readFileSync(join(root, "node_modules/.lectern-installing"), "utf8")),
      "SIGKILL",
    );
    process.kill(npx, "SIGKILL");
    expect((await killed).code).toBeNull();

    write("pnpm-lock.yaml", "lockfileVersion: '9.0'\n");
    expect((await install()).stdout).toContain("Installed in");
    expect(calls()).toHaveLength(3);
  });

  test("is waited for by another, which need not install then", async () => {
    const [one, other] = await Promise.all([
      install({ TAKES_MS: "700" }),
      install({ TAKES_MS: "700" }),
    ]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(`${one.stdout}${other.stdout}`).toContain("Waiting for another installation to finish");
    expect(calls()).toHaveLength(1);
  });

  test("passes a signal on, and ends by it", async () => {
    const program = join(root, "packages/tooling/src/install.mjs");
    const ended = run(
      "/bin/sh",
      ["-c", `"${process.execPath}" "${program}" & echo $! > pid; wait $!`],
      root,
      {
        environment: environmentOf({ TAKES_MS: "30000" }),
      },
    );
    await until(() => calls().length === 1);
    process.kill(Number(readFileSync(join(root, "pid"), "utf8")), "SIGTERM");
    expect((await ended).code).toBe(130);
    expect((await ended).stderr).toBe("");
  });
});

describe("a machine that can't install", () => {
  test("has a Node that is too old", async () => {
    const pretend = `Object.defineProperty(process, "versions", { value: { node: "20.18.3" } })`;
    const program = join(root, "packages/tooling/src/install.mjs");
    const parameters = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, program];
    const ended = await run(process.execPath, parameters, root, { environment: environmentOf() });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(
      "Lectern needs Node 20.19 or later to install itself; this is Node 20.18.3",
    );
    expect(calls()).toEqual([]);
  });

  test("has no npx", async () => {
    const ended = await install({ npm_execpath: undefined });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("npx was not found. It comes with npm");
  });

  test.runIf(process.getuid?.() === 0)("lets somebody else own the folder", async () => {
    const ended = await install({}, NOBODY);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`You may not write to ${root}`);
    expect(calls()).toEqual([]);
  });
});
