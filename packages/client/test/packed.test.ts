import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPackedClient } from "../scripts/install-packed-client.ts";
import { anything, startAcademy, t } from "./academy.ts";
import { COMPILERS, RESOLUTIONS, compile } from "./compile.ts";

const run = promisify(execFile);
const combinations = COMPILERS.flatMap((compiler) =>
  RESOLUTIONS.map((resolution) => ({ compiler, resolution, by: resolution.moduleResolution })),
);

let scratch: string;
let folder: string;
let installed: string;

beforeAll(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), "lectern-client-"));
  folder = path.join(scratch, "program");
  installed = path.join(folder, "node_modules/@lectern/client");
  await installPackedClient(folder);
}, 60_000);
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true });
});

/** A compiler on a busy machine takes its time. */
describe("the packed client", { timeout: 60_000 }, () => {
  test("brings nothing along", async () => {
    const manifest: unknown = JSON.parse(
      await readFile(path.join(installed, "package.json"), "utf8"),
    );
    expect(manifest).not.toHaveProperty("dependencies");
    expect(manifest).not.toHaveProperty("peerDependencies");
    expect(manifest).not.toHaveProperty("scripts");
    const modules = await readdir(path.join(folder, "node_modules"));
    expect(modules.filter((name) => !name.startsWith("."))).toEqual(["@lectern"]);
    expect((await readdir(installed)).toSorted()).toEqual([
      "LICENSE",
      "LICENSE-THIRD-PARTY",
      "README.md",
      "index.d.ts",
      "index.js",
      "package.json",
      "testing.d.ts",
      "testing.js",
    ]);
  });

  test.each(["index.d.ts", "index.js"])("imports nothing: %s", async (file) => {
    const text = await readFile(path.join(installed, file), "utf8");
    expect(text).not.toMatch(/^\s*(?:import|export)\b[^;]*\bfrom\b/mu);
    expect(text).not.toMatch(/^\s*import\s*["']/mu);
    expect(text).not.toMatch(/\b(?:import|require)\s*\(/u);
    expect(text).not.toMatch(/^\/\/\/ <reference/mu);
  });

  test.each(["index.d.ts", "index.js", "testing.d.ts", "testing.js"])(
    "has nothing of the server in it: %s",
    async (file) => {
      const text = await readFile(path.join(installed, file), "utf8");
      expect(text).not.toMatch(/drizzle|fastify|postgres|PgTable|ZodObject|\bzod\/|node:/iu);
    },
  );

  test.each(combinations)("type-checks with $compiler by $by", async ({ compiler, resolution }) => {
    const said = await compile(folder, compiler, resolution, ["book.ts", "types.ts"]);
    expect(said).toBe("");
  });

  test.each(combinations)(
    "shows mistakes to $compiler by $by",
    async ({ compiler, resolution }) => {
      await writeFile(
        path.join(folder, "mistake.ts"),
        `import { createClient } from "@lectern/client";
       const { items } = await createClient().courses.list.query({ levels: ["expert"] });
       export const count: string = items.length;`,
      );
      const said = await compile(folder, compiler, resolution, ["mistake.ts"]);
      expect(said.match(/error TS\d+/gu)).toEqual(["error TS2322", "error TS2322"]);
    },
  );

  test("does what its README says, as far as a compiler can tell", async () => {
    const readme = await readFile(path.join(installed, "README.md"), "utf8");
    const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gmsu)].map(([, code = ""]) => code);
    const files = examples.map((_, index) => `readme-${index}.ts`);
    for (const [index, file] of files.entries()) {
      await writeFile(path.join(folder, file), examples[index] ?? "");
    }
    expect(files.length).toBeGreaterThanOrEqual(3);
    expect(await compile(folder, "typescript", RESOLUTIONS[0], files)).toBe("");
  });

  test("books a place", async () => {
    const hold = { reference: "LC-7K3F-92QD", accessKey: "k".repeat(43) };
    const confirmed: unknown[] = [];
    const router = t.router({
      runs: t.router({
        upcoming: anything.query(() => ({
          items: [
            { id: "full", bookability: "sold_out", placesLeft: 0 },
            { id: "free", bookability: "open", placesLeft: 3 },
          ],
          nextCursor: null,
          total: 2,
        })),
      }),
      bookings: t.router({
        hold: anything.mutation(({ input }) => ({ ...(input as object), ...hold })),
        confirm: anything.mutation(({ input }) => {
          confirmed.push(input);
          return { reference: hold.reference, status: "confirmed" };
        }),
      }),
    });
    await using academy = await startAcademy(router);

    const { stdout } = await run(process.execPath, ["book.ts"], {
      cwd: folder,
      env: { ...process.env, LECTERN_URL: academy.url },
    });

    expect(JSON.parse(stdout)).toEqual({ reference: hold.reference, status: "confirmed" });
    expect(confirmed).toMatchObject([hold]);
    expect(academy.seen.map(({ procedures }) => procedures)).toEqual([
      ["runs.upcoming"],
      ["bookings.hold"],
      ["bookings.confirm"],
    ]);
  });
});
