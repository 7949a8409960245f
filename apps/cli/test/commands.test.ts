import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { useAcademy } from "./support/academy.ts";
import { DIRTY_FEED } from "./support/feeds.ts";
import { lectern } from "./support/lectern.ts";

/** What people and programs do with a running academy. */

const academy = useAcademy({ demo: true });

interface Listed {
  courses: { slug: string; title: string; level: string | null }[];
  runs: { id: string; placesLeft: number; bookability: string; course: { slug: string } }[];
  total: number;
}

async function list(...words: string[]): Promise<Listed> {
  return (await lectern([...words, "--json"], academy())).json() as Listed;
}

describe("courses", () => {
  it("are listed, searched and counted", async () => {
    const all = await list("courses", "--limit", "1000");
    const some = await list("courses", "--limit", "3");
    const advanced = await list("courses", "--level", "advanced", "--level", "intermediate");

    expect(all.courses.length).toBe(all.total);
    expect(all.total).toBeGreaterThan(20);
    expect(some.courses).toEqual(all.courses.slice(0, 3));
    expect(new Set(advanced.courses.map(({ level }) => level))).toEqual(
      new Set(["advanced", "intermediate"]),
    );
  });

  it("show as a table that fits", async () => {
    const { stdout } = await lectern(["courses"], academy());

    expect(stdout).toMatch(/^Code\s+Course\s+Level/u);
    expect(stdout).toMatch(/20 of \d+ courses; --limit shows more\n$/u);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(160);
  });

  it("show one by one", async () => {
    const { courses } = await list("courses", "--limit", "1");
    const slug = courses[0]?.slug ?? "";

    const { stdout, exitCode } = await lectern(["courses", slug], academy());

    expect(exitCode).toBe(0);
    expect(stdout).toContain(courses[0]?.title);
    expect(stdout).toContain(slug);
  });

  it("that are not there are told with what was asked", async () => {
    const people = await lectern(["courses", "no-such-course"], academy());
    const programs = await lectern(["courses", "no-such-course", "--json"], academy());

    expect(people.exitCode).toBe(4);
    expect(people.stderr).toContain("NotFound");
    expect(people.stderr).toContain("Request id");
    expect(JSON.parse(programs.stderr)).toMatchObject({
      error: {
        code: "NotFound",
        data: { entity: "course", id: "no-such-course" },
        requestId: expect.any(String) as string,
      },
    });
  });
});

describe("runs and bookings", () => {
  async function openRun() {
    const { runs } = await list("runs", "--limit", "100");
    const run = runs.find(
      ({ bookability, placesLeft }) => bookability === "open" && placesLeft >= 3,
    );
    if (run === undefined) throw new Error("The demo has no open run");
    return run;
  }

  it("are listed by course, and shown with sessions", async () => {
    const run = await openRun();
    const theirs = await list("runs", "--course", run.course.slug, "--limit", "50");
    const { stdout } = await lectern(["runs", run.id], academy());

    expect(new Set(theirs.runs.map(({ course }) => course.slug))).toEqual(
      new Set([run.course.slug]),
    );
    expect(stdout).toContain("Places left");
    expect(stdout).toMatch(/1\s+\d{4}-\d{2}-\d{2} \d{2}:\d{2} –/u);
  });

  it("are booked once for one key", async () => {
    const run = await openRun();
    const words = [
      "book",
      run.id,
      "--places",
      "2",
      "--name",
      "Ada",
      "--email",
      "ada@example.org",
      "--learner",
      "Ada L <ada@example.org>",
      "--accept-terms",
      "--idempotency-key",
      "test-of-lectern-book",
      "--json",
    ];

    const first = (await lectern(words, academy())).json();
    const again = (await lectern(words, academy())).json();

    expect(first).toMatchObject({
      status: "confirmed",
      places: 2,
      accessKey: expect.stringMatching(/^[\w-]{43}$/u) as string,
    });
    expect((again as { reference: string }).reference).toBe(
      (first as { reference: string }).reference,
    );
    const after = (await list("runs", "--limit", "100")).runs.find(({ id }) => id === run.id);
    expect(after?.placesLeft).toBe(run.placesLeft - 2);
  });

  it("are held, and told to people", async () => {
    const run = await openRun();
    const { stdout, exitCode } = await lectern(["book", run.id, "--hold-only"], academy());

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Held: 1 place until/u);
    expect(stdout).toMatch(/Reference\s+LC-/u);
  });

  it("that can't be had end with 4 and what is left", async () => {
    const { runs } = await list("runs", "--limit", "1000");
    const full = runs.find(({ bookability }) => bookability === "sold_out");
    if (full === undefined) throw new Error("The demo has no full run");

    const people = await lectern(["book", full.id, "--hold-only"], academy());
    const programs = await lectern(["book", full.id, "--hold-only", "--json"], academy());

    expect(people.exitCode).toBe(4);
    expect(people.stderr).toContain("Places left: 0; asked for: 1.");
    expect(JSON.parse(programs.stderr)).toMatchObject({
      error: { code: "SoldOut", data: { placesLeft: 0, requested: 1 } },
    });
  });
});

describe("the token", () => {
  it("of the local academy is found, and sent nowhere else", async () => {
    const { config } = academy();
    const elsewhere = { ...config, dataDirectory: "/nonexistent" };

    const own = await lectern(["export"], { config });
    const without = await lectern(["export"], { config: elsewhere });
    const wrong = await lectern(["export", "--token", "lectern_op_wrong"], { config });

    expect(own.exitCode).toBe(0);
    expect([without.exitCode, wrong.exitCode]).toEqual([4, 4]);
    expect(without.stderr).toContain("LECTERN_TOKEN");
  });

  it("is not needed to look at the catalogue", async () => {
    const config = { ...academy().config, dataDirectory: "/nonexistent" };

    expect((await lectern(["courses"], { config })).exitCode).toBe(0);
  });
});

describe("an import", () => {
  it("from standard input tells people what became of it, and writes a report", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lectern-report-"));
    const report = join(folder, "report.ndjson");
    const stdin = await readFile(DIRTY_FEED, "utf8");

    const { exitCode, stdout } = await lectern(["import", "-", "--dry-run", "--report", report], {
      ...academy(),
      stdin,
    });
    const lines = (await readFile(report, "utf8")).trim().split("\n");
    await rm(folder, { recursive: true });

    expect(exitCode).toBe(1);
    expect(stdout).toContain("standard input: 21 records of JSON-LD");
    expect(stdout).toContain("this was a dry run");
    expect(stdout).toMatch(/\$\[7\]\s+Knots\s+an offset from UTC is no time zone/u);
    expect(stdout).toContain("--merge 'Knots for Sailors=Knots for sailors'");
    expect(lines.map((line) => (JSON.parse(line) as { code: string }).code)).toContain(
      "end_before_start",
    );
  });

  it("into a file that can't be written leaves nothing behind", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lectern-export-"));
    await writeFile(join(folder, "there"), "before");
    await chmod(folder, 0o500);

    const { exitCode, stderr } = await lectern(
      ["export", "--output", join(folder, "nowhere/there")],
      academy(),
    );
    await chmod(folder, 0o700);
    const before = await readFile(join(folder, "there"), "utf8");
    await rm(folder, { recursive: true });

    expect(exitCode).toBe(2);
    expect(stderr).toContain("can't be written");
    expect(before).toBe("before");
  });
});

/** What only a process can show: signals, pipes, exit codes. */
const MAIN = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function start(words: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    stderr,
  }));
  return { child, ended };
}

describe("the process", () => {
  it("ends well when its reader stops reading", async () => {
    const { child, ended } = start(["export"], academy().environment);
    child.stdout.once("data", () => child.stdout.destroy());

    expect(await ended).toMatchObject({ code: 0, stderr: "" });
  });

  it("ends with the code of what happened", async () => {
    const good = start(["courses"], academy().environment);
    const bad = start(["import", DIRTY_FEED, "--dry-run"], academy().environment);
    for (const { child } of [good, bad]) child.stdout.resume();

    expect((await good.ended).code).toBe(0);
    expect((await bad.ended).code).toBe(1);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stops cleanly on %s", async (signal) => {
    // An academy that never answers.
    const silent = createServer(() => {});
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const { child, ended } = start(["import", DIRTY_FEED], {
      LECTERN_URL: `http://127.0.0.1:${port}`,
      LECTERN_TOKEN: "t",
    });
    await once(silent, "connection");

    child.kill(signal);
    const end = await ended;
    silent.closeAllConnections();
    silent.close();

    expect(end.code).toBe(130);
    expect(end.stderr).toContain("Stopped.");
  });
});
