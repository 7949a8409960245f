import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadOrCreateSecret } from "./secret-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lectern-secret-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe("a secret file", () => {
  it("is made on first use for its owner alone, and read from then on", async () => {
    const path = join(folder, "deep", "secret");
    expect(await loadOrCreateSecret(path, () => "first")).toBe("first");
    expect(await modeOf(path)).toBe(0o600);
    expect(await loadOrCreateSecret(path, () => "second")).toBe("first");
  });

  it("has one secret for many that want it at once, and leaves nothing else behind", async () => {
    const path = join(folder, "secret");
    const wanted = Array.from({ length: 20 }, (_, index) =>
      loadOrCreateSecret(path, () => `secret-${index}`),
    );
    const secrets = new Set(await Promise.all(wanted));
    expect(secrets.size).toBe(1);
    expect(await readdir(folder)).toEqual(["secret"]);
    expect(secrets).toContain((await readFile(path, "utf8")).trim());
  });

  it("closes a file that others could read, and fills an empty one", async () => {
    const path = join(folder, "secret");
    await writeFile(path, "known\n");
    await chmod(path, 0o644);
    expect(await loadOrCreateSecret(path, () => "new")).toBe("known");
    expect(await modeOf(path)).toBe(0o600);
    await writeFile(path, "");
    expect(await loadOrCreateSecret(path, () => "new")).toBe("new");
  });
});
