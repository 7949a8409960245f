import {
  chmod,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../usage-error.ts";
import { Credentials, academyKey } from "./credentials.ts";

const ACADEMY = "https://academy.example";
const SIGN_IN = { token: "lectern_pat_secret", isOfThisMachine: true };

let home: string;
let folder: string;
let warnings: string[];
let credentials: Credentials;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "lectern-credentials-"));
  folder = join(home, ".config", "lectern");
  warnings = [];
  credentials = new Credentials(folder, (text) => warnings.push(text));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

describe("what is kept", () => {
  it("is found again for its academy, however its address is written, and for no other", async () => {
    await credentials.keep(ACADEMY, SIGN_IN);
    await credentials.keep("http://localhost:3000/", { ...SIGN_IN, token: "other" });

    const again = new Credentials(folder, () => {});
    for (const url of [ACADEMY, `${ACADEMY}/`, "HTTPS://Academy.Example:443//"]) {
      expect(await again.find(url)).toEqual(SIGN_IN);
    }
    expect((await again.find("http://localhost:3000"))?.token).toBe("other");
    for (const url of [
      "http://academy.example",
      "https://academy.example:8443",
      "https://academy.example/other",
      "https://academy.example.evil.example",
    ]) {
      expect(await again.find(url)).toBeUndefined();
    }
    expect(academyKey("https://user:word@academy.example/")).toBe(ACADEMY);
  });

  it("is replaced, and forgotten, and takes its file along when it is the last", async () => {
    await credentials.keep(ACADEMY, SIGN_IN);
    await credentials.keep(ACADEMY, { token: "new", isOfThisMachine: false });
    expect(await credentials.find(ACADEMY)).toEqual({ token: "new", isOfThisMachine: false });

    await credentials.forget("https://elsewhere.example");
    expect(await credentials.find(ACADEMY)).toBeDefined();
    await credentials.forget(ACADEMY);
    expect(await credentials.find(ACADEMY)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it("is its owner's alone, in a folder that is as well, whatever the umask", async () => {
    const umask = process.umask(0);
    try {
      await credentials.keep(ACADEMY, SIGN_IN);
    } finally {
      process.umask(umask);
    }
    expect(await modeOf(credentials.path)).toBe(0o600);
    expect(await modeOf(folder)).toBe(0o700);
    expect(await readdir(folder)).toEqual(["credentials.json"]);
  });

  it("closes a folder that was open", async () => {
    await mkdir(folder, { recursive: true });
    await chmod(folder, 0o777);
    await credentials.keep(ACADEMY, SIGN_IN);
    expect(await modeOf(folder)).toBe(0o700);
  });

  it("is never seen in part, nor open to others, while it is written", async () => {
    await credentials.keep(ACADEMY, SIGN_IN);
    let isWriting = true;
    const reading = (async () => {
      while (isWriting) {
        expect(JSON.parse(await readFile(credentials.path, "utf8"))).toHaveProperty("academies");
        expect(await modeOf(credentials.path)).toBe(0o600);
      }
    })();
    for (let at = 0; at < 50; at += 1) {
      await credentials.keep(`https://${at}.example`, { ...SIGN_IN, token: "x".repeat(at * 100) });
    }
    isWriting = false;
    await reading;
    expect(await credentials.find("https://49.example")).toBeDefined();
    expect(await readdir(folder)).toEqual(["credentials.json"]);
  });

  it("does not follow a link that somebody put there", async () => {
    const target = join(home, "target");
    await writeFile(target, '{"academies":{}}', { mode: 0o600 });
    await mkdir(folder, { recursive: true });
    await symlink(target, credentials.path);
    await credentials.keep(ACADEMY, SIGN_IN);
    expect(await readFile(target, "utf8")).toBe('{"academies":{}}');
    expect(await credentials.find(ACADEMY)).toEqual(SIGN_IN);
  });
});

describe("a file that is not as it should be", () => {
  it("is closed when others can read it, and that is told", async () => {
    await credentials.keep(ACADEMY, SIGN_IN);
    await chmod(credentials.path, 0o644);

    expect(await credentials.find(ACADEMY)).toEqual(SIGN_IN);
    expect(await modeOf(credentials.path)).toBe(0o600);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(credentials.path);
    expect(warnings[0]).not.toContain(SIGN_IN.token);

    await credentials.find(ACADEMY);
    expect(warnings).toHaveLength(1);
  });

  it.each(["", "{", "[]", "null", '{"academies":[]}', '{"academies":{"https://a.example":"t"}}'])(
    "is not guessed at: %j",
    async (text) => {
      await mkdir(folder, { recursive: true });
      await writeFile(credentials.path, text, { mode: 0o600 });
      await expect(credentials.find(ACADEMY)).rejects.toThrow(/lectern login/u);
      await expect(credentials.keep(ACADEMY, SIGN_IN)).rejects.toThrow(UsageError);
      expect(await readFile(credentials.path, "utf8")).toBe(text);
    },
  );

  it("that can't be written leaves what was there, and nothing beside it", async () => {
    await writeFile(join(home, "file"), "before");
    const nowhere = new Credentials(join(home, "file", "lectern"), () => {});
    expect(await nowhere.find(ACADEMY)).toBeUndefined();
    await expect(nowhere.keep(ACADEMY, SIGN_IN)).rejects.toThrow(/can't be written/u);
    expect(await readFile(join(home, "file"), "utf8")).toBe("before");
    expect(await readdir(home)).toEqual(["file"]);

    await mkdir(credentials.path, { recursive: true });
    await expect(credentials.find(ACADEMY)).rejects.toThrow(/can't be read/u);
  });
});
