import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient, newIdempotencyKey } from "@lectern/client";
import { person, roleAssignment } from "@lectern/database/schema/people";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Config } from "../src/config.ts";
import { useAcademy } from "./support/academy.ts";
import { type Said, lectern } from "./support/lectern.ts";

/** Signing in, against an academy that is a process of its own. */

const academy = useAcademy();

/** Each test signs in from a home of its own, on a machine that has no operator token. */
let home: string;
let config: Config;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "lectern-home-"));
  config = {
    url: academy().url,
    token: undefined,
    dataDirectory: "/nonexistent",
    databaseUrl: undefined,
    configDirectory: join(home, "lectern"),
  };
});
afterEach(() => rm(home, { recursive: true, force: true }));

const credentialsPath = () => join(config.configDirectory, "credentials.json");

interface Kept {
  readonly academies: Record<string, { readonly token: string }>;
}

async function keptTokens(): Promise<string[]> {
  const { academies } = JSON.parse(await readFile(credentialsPath(), "utf8")) as Kept;
  return Object.values(academies).map(({ token }) => token);
}

/** @returns the id of somebody who edits courses */
async function createEditor(): Promise<string> {
  const { db } = academy().database;
  const id = randomUUID();
  await db.insert(person).values({
    id,
    name: "Ingrid\u001B[31m Berg",
    email: `${id}@example.org`,
    emailVerifiedAt: new Date(),
  });
  await db.insert(roleAssignment).values({ id: randomUUID(), personId: id, role: "course_editor" });
  return id;
}

/** What the site does when somebody types the code there. */
async function decide(
  userCode: string,
  state: "approved" | "denied",
  personId: string,
): Promise<void> {
  await academy().database.db.execute(
    `UPDATE device_grant SET state = '${state}', person_id = '${personId}'
      WHERE user_code = '${userCode.replace("-", "")}'`,
  );
}

async function end(tokenId: string, column: "expires_at" | "revoked_at"): Promise<void> {
  await academy().database.db.execute(
    `UPDATE api_token SET ${column} = clock_timestamp() WHERE id = '${tokenId}'`,
  );
}

/** A token as the site makes them. */
async function createToken(
  permissions = ["catalogue.export"],
): Promise<{ token: string; id: string }> {
  const client = createClient({ url: academy().url });
  const begun = await client.devices.begin.mutate({
    client: "Nightly export",
    permissions,
    idempotencyKey: newIdempotencyKey(),
  });
  await decide(begun.userCode, "approved", await createEditor());
  const polled = await client.devices.poll.mutate({
    deviceCode: begun.deviceCode,
    idempotencyKey: newIdempotencyKey(),
  });
  if (polled.state !== "granted") throw new Error(`It was ${polled.state}`);
  return { token: polled.token, id: polled.about.id };
}

async function isGood(token: string): Promise<boolean> {
  const client = createClient({ url: academy().url, token });
  return client.tokens.self.query().then(
    () => true,
    () => false,
  );
}

async function login(token: string): Promise<Said> {
  return lectern(["login", "--token-stdin"], { config, stdin: `${token}\n` });
}

const secretOf = (token: string) => token.slice(12, 79);

describe("a token from standard input", () => {
  it("is kept where nobody else can read it, and used by the commands from then on", async () => {
    const { token } = await createToken();
    const before = await lectern(["export"], { config });
    const said = await login(token);

    expect(before.exitCode).toBe(4);
    expect(before.stderr).toContain("lectern login");
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(said.stdout).toContain(`Signed in to ${config.url} as Ingrid`);
    expect(said.stdout).toMatch(/May\s+catalogue\.export/u);
    // The name is somebody's text, and steers no terminal.
    expect(said.stdout).not.toContain("\u001B[31m");
    expect((await stat(credentialsPath())).mode & 0o777).toBe(0o600);
    expect((await stat(config.configDirectory)).mode & 0o777).toBe(0o700);
    expect(await readdir(config.configDirectory)).toEqual(["credentials.json"]);
    expect((await lectern(["export"], { config })).exitCode).toBe(0);
  });

  it("is told to programs, without the token", async () => {
    const { token } = await createToken();
    const said = await lectern(["login", "--token-stdin", "--json"], { config, stdin: token });

    expect(said.json()).toEqual({
      url: config.url,
      name: "Nightly export",
      permissions: ["catalogue.export"],
      expiresAt: expect.any(String) as string,
      owner: { id: expect.any(String) as string, name: "Ingrid\u001B[31m Berg" },
      credentials: credentialsPath(),
    });
    expect(said.stdout + said.stderr).not.toContain(secretOf(token));
  });

  it("that is not good is refused, and does not take the place of one that is", async () => {
    const [good, revoked] = [await createToken(), await createToken()];
    await login(good.token);
    await end(revoked.id, "revoked_at");

    for (const bad of [revoked.token, "hunter2", good.token.slice(0, -1)]) {
      const said = await login(bad);
      expect(said.exitCode).toBe(2);
      expect(said.stderr).toContain("unknown, expired or revoked");
      expect(said.stdout + said.stderr).not.toContain(bad);
    }
    expect(await keptTokens()).toEqual([good.token]);
  });

  it("is no operator token: that one stays where it is", async () => {
    const path = join(academy().config.dataDirectory, "operator-token");
    const operator = (await readFile(path, "utf8")).trim();
    const said = await login(operator);

    expect(said.exitCode).toBe(2);
    expect(said.stderr).toContain("operator token");
    expect(said.stderr).not.toContain(operator);
    await expect(stat(credentialsPath())).rejects.toThrow("ENOENT");
  });

  it("is not sent to another academy", async () => {
    const { token } = await createToken();
    await login(token);
    const elsewhere = config.url?.replace("127.0.0.1", "localhost") ?? "";

    expect((await lectern(["whoami", "--url", `${config.url}/`], { config })).exitCode).toBe(0);
    expect((await lectern(["whoami", "--url", elsewhere], { config })).exitCode).toBe(4);
  });
});

describe("the commands", () => {
  it("take the command line's token first, then the environment's, then what was kept", async () => {
    const [one, two, three] = [
      await createToken(["courses.read"]),
      await createToken(["courses.write"]),
      await createToken(["catalogue.export"]),
    ];
    await login(three.token);
    const who = async (words: readonly string[], given: Config) =>
      (await lectern(["whoami", "--json", ...words], { config: given })).json();
    const withEnvironment = { ...config, token: two.token };

    expect(await who(["--token", one.token], withEnvironment)).toMatchObject({
      from: "option",
      permissions: ["courses.read"],
    });
    expect(await who([], withEnvironment)).toMatchObject({
      from: "environment",
      permissions: ["courses.write"],
    });
    expect(await who([], config)).toMatchObject({
      from: "login",
      kind: "token",
      name: "Nightly export",
      permissions: ["catalogue.export"],
    });
  });

  it("take the operator token of the academy on this machine where nobody signed in", async () => {
    const said = await lectern(["whoami"], academy());

    expect(said.exitCode).toBe(0);
    expect(said.stdout).toContain("the operator");
    expect((await lectern(["whoami", "--json"], academy())).json()).toEqual({
      url: config.url,
      from: "operator",
      kind: "operator",
    });
  });

  it.each([
    ["expired", "expires_at"],
    ["been revoked", "revoked_at"],
  ] as const)("say how to sign in again when what was kept has %s", async (_what, column) => {
    const { token, id } = await createToken();
    await login(token);
    await end(id, column);

    for (const words of [["whoami"], ["export"]]) {
      const said = await lectern(words, { config });
      expect(said.exitCode).toBe(4);
      expect(said.stderr).toContain("expired, or was revoked. Sign in again: lectern login");
    }
    const forPrograms = await lectern(["export", "--json"], { config });
    expect(JSON.parse(forPrograms.stderr)).toMatchObject({ error: { code: "Unauthenticated" } });
    // What is for everybody needs no token.
    expect((await lectern(["courses"], { config })).exitCode).toBe(0);
  });

  it("say which token is not good", async () => {
    const option = await lectern(["whoami", "--token", "wrong"], { config });
    const environment = await lectern(["whoami"], { config: { ...config, token: "wrong" } });
    const nothing = await lectern(["whoami"], { config });

    expect(option.stderr).toContain("of --token is");
    expect(environment.stderr).toContain("of LECTERN_TOKEN is");
    expect(nothing.stderr).toContain("Sign in: lectern login");
    expect([option, environment, nothing].map(({ exitCode }) => exitCode)).toEqual([4, 4, 4]);
  });

  it("mend a file that others can read, and refuse one that makes no sense", async () => {
    const { token } = await createToken();
    await login(token);
    await chmod(credentialsPath(), 0o640);

    const mended = await lectern(["export"], { config });
    expect(mended.exitCode).toBe(0);
    expect(mended.stderr).toContain("Others on this machine could read");
    expect((await stat(credentialsPath())).mode & 0o777).toBe(0o600);

    await writeFile(credentialsPath(), "nonsense");
    const broken = await lectern(["export"], { config });
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toContain(`${credentialsPath()} can't be understood`);
    expect(broken.stderr).not.toContain("can't be reached");
  });
});

describe("signing out", () => {
  it("makes the token worthless, and forgets it", async () => {
    const { token } = await createToken();
    await login(token);

    const said = await lectern(["logout"], { config });
    expect(said).toMatchObject({ exitCode: 0, stderr: "" });
    expect(said.stdout).toContain("worthless");
    expect(await isGood(token)).toBe(false);
    await expect(stat(credentialsPath())).rejects.toThrow("ENOENT");
    expect((await lectern(["whoami"], { config })).exitCode).toBe(4);

    const again = await lectern(["logout", "--json"], { config });
    expect(again.exitCode).toBe(0);
    expect(again.json()).toEqual({ url: config.url, wasSignedIn: false, revoked: false });
  });

  it("forgets a token that is worthless already", async () => {
    const { token, id } = await createToken();
    await login(token);
    await end(id, "revoked_at");

    expect((await lectern(["logout", "--json"], { config })).json()).toEqual({
      url: config.url,
      wasSignedIn: true,
      revoked: true,
    });
    await expect(stat(credentialsPath())).rejects.toThrow("ENOENT");
  });

  it("keeps a token that it could not make worthless, unless it is told to leave it", async () => {
    const { token } = await createToken();
    await login(token);
    // The same academy by another name, at which nobody answers now.
    const nobody = "http://127.0.0.1:9";
    const text = await readFile(credentialsPath(), "utf8");
    await writeFile(credentialsPath(), text.replace(config.url ?? "", nobody));

    const failed = await lectern(["logout", "--url", nobody], { config });
    expect(failed.exitCode).toBe(3);
    expect(await keptTokens()).toEqual([token]);

    const left = await lectern(["logout", "--url", nobody, "--keep-token"], { config });
    expect(left.exitCode).toBe(0);
    await expect(stat(credentialsPath())).rejects.toThrow("ENOENT");
    expect(await isGood(token)).toBe(true);
  });
});

const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** `lectern login` as a process, which waits for somebody to approve. */
function startLogin(...words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, "login", ...words], {
    env: { PATH: process.env["PATH"], LECTERN_URL: config.url, XDG_CONFIG_HOME: home },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      said[name] += chunk.toString();
    });
  }
  const ended = once(child, "close").then(([code]) => ({ ...said, code: code as number | null }));
  const codeShown = () =>
    vi.waitUntil(() => /[B-Z]{4}-[B-Z]{4}/u.exec(said.stderr)?.[0], { timeout: 20_000 });
  return { child, ended, codeShown };
}

describe("a login in the browser", () => {
  it("shows an address and a code, and keeps the token that was approved", async () => {
    const { ended, codeShown } = startLogin("--permission", "catalogue.export");
    await decide(await codeShown(), "approved", await createEditor());
    const { code, stdout, stderr } = await ended;

    expect(code).toBe(0);
    expect(stderr).toContain(`${config.url}/device`);
    expect(stdout).toContain("Signed in to");
    const [token = ""] = await keptTokens();
    expect(token).toMatch(/^lectern_pat_/u);
    expect(stdout + stderr).not.toContain(secretOf(token));
    expect((await stat(credentialsPath())).mode & 0o777).toBe(0o600);
    expect((await lectern(["whoami", "--json"], { config })).json()).toMatchObject({
      from: "login",
      name: expect.stringMatching(/^lectern-cli\//u) as string,
      permissions: ["catalogue.export"],
    });

    // Signing in again leaves no token behind that nobody has.
    const given = await createToken();
    await login(given.token);
    expect(await isGood(token)).toBe(false);
    await login((await createToken()).token);
    expect(await isGood(given.token)).toBe(true);
  });

  it("ends with 4 when it is denied, and tells programs by JSON", async () => {
    const { ended, codeShown } = startLogin("--json");
    await decide(await codeShown(), "denied", await createEditor());
    const { code, stdout, stderr } = await ended;

    expect(code).toBe(4);
    expect(stdout).toBe("");
    const [announced = "", ...rest] = stderr.split("\n");
    expect(JSON.parse(announced)).toEqual({
      verificationUrl: `${config.url}/device`,
      userCode: expect.stringMatching(/^[B-Z]{4}-[B-Z]{4}$/u) as string,
      expiresInSeconds: 600,
    });
    expect(JSON.parse(rest.join("\n"))).toMatchObject({ error: { state: "denied" } });
    await expect(stat(credentialsPath())).rejects.toThrow("ENOENT");
  });

  it("asks for what importing and exporting need, unless it is told otherwise", async () => {
    const { child, ended, codeShown } = startLogin();
    const userCode = await codeShown();
    const { rows } = await academy().database.db.execute(
      `SELECT permissions, client FROM device_grant WHERE user_code = '${userCode.replace("-", "")}'`,
    );
    expect(rows).toEqual([
      {
        permissions: ["catalogue.import", "catalogue.export"],
        client: expect.stringMatching(/^lectern-cli\/\S+ on \S/u) as string,
      },
    ]);

    // And stops cleanly while it waits.
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(130);
    expect(stdout).toBe("");
    expect(stderr).toContain("Stopped. Nobody was signed in.");
    expect(stderr).not.toMatch(/\n\s+at /u);
  });

  it("refuses permissions that there are none of", async () => {
    const said = await lectern(["login", "--permission", "moon.fly"], { config });
    expect(said.exitCode).toBe(4);
    expect(said.stderr).toContain("There is no permission moon.fly.");
  });
});
