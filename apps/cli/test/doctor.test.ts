import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Academy, startAcademy, useAcademy } from "./support/academy.ts";
import { lectern } from "./support/lectern.ts";

interface Diagnosis {
  ok: boolean;
  checks: { name: string; status: string; detail: string; advice?: string }[];
}

async function diagnose(
  academy: Pick<Academy, "config">,
): Promise<Diagnosis & { exitCode: number }> {
  const said = await lectern(["doctor", "--json"], academy);
  expect(said.stdout.trim().split("\n")).toHaveLength(1);
  return { ...(said.json() as Diagnosis), exitCode: said.exitCode };
}

function sick({ checks }: Diagnosis): string[] {
  return checks
    .filter(({ status }) => status !== "ok")
    .map(({ name, status }) => `${name}: ${status}`);
}

describe("doctor, of an academy with runs and bookings", () => {
  const academy = useAcademy({ demo: true });

  it("finds nothing where nothing is wrong", async () => {
    const diagnosis = await diagnose(academy());
    const { stdout, exitCode } = await lectern(["doctor"], academy());

    expect(sick(diagnosis)).toEqual([]);
    expect(diagnosis).toMatchObject({ ok: true, exitCode: 0 });
    expect(diagnosis.checks.map(({ name }) => name)).toEqual([
      "Configuration",
      "Operator token",
      "Academy",
      "Database",
      "Migrations",
      "Indexes",
      "Constraints",
      "Clock",
      "Time zones",
      "Times of runs",
      "Places",
      "Bookings",
      "Waiting lists",
      "Discount codes",
      "Transfers",
      "Jobs",
      "Mail",
      "Audit log",
      "Audit chain",
    ]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("All is well.");
  });

  it("sees a token that others may read", async () => {
    const { config } = academy();
    const path = join(config.dataDirectory, "operator-token");
    await chmod(path, 0o644);
    const diagnosis = await diagnose(academy());
    await chmod(path, 0o600);

    expect(sick(diagnosis)).toEqual(["Operator token: trouble"]);
    expect(diagnosis.exitCode).toBe(1);
  });

  it("warns when the academy does not answer, and looks at its database all the same", async () => {
    const config = { ...academy().config, url: "http://127.0.0.1:9" };

    const diagnosis = await diagnose({ config });

    expect(sick(diagnosis)).toEqual(["Academy: warning"]);
    expect(diagnosis.exitCode).toBe(0);
  });

  it("says what to do where there is no database", async () => {
    const { config } = academy();
    const none = await diagnose({ config: { ...config, databaseUrl: undefined } });
    const wrong = await diagnose({ config: { ...config, databaseUrl: "mysql://localhost/x" } });
    const gone = await diagnose({
      config: { ...config, databaseUrl: "postgres://nobody@127.0.0.1:9/x" },
    });

    expect(sick(none)).toEqual(["Database: trouble"]);
    expect(sick(wrong)).toEqual(["Configuration: trouble"]);
    expect(sick(gone)).toEqual(["Database: trouble"]);
    for (const { checks, exitCode } of [none, wrong, gone]) {
      expect(exitCode).toBe(1);
      expect(checks.find(({ status }) => status === "trouble")?.advice).toBeTruthy();
    }
  });
});

describe("doctor, of an academy that somebody damaged", () => {
  it("finds each thing that is wrong, and names it", async () => {
    await using academy = await startAcademy({ demo: true });
    const { db } = academy.database;

    await db.execute("drop index course_run_venue_idx");
    await db.execute("alter table session drop constraint session_room_free");
    await db.execute(
      "update run_capacity set taken = taken + 1 where run_id = (select run_id from run_capacity where taken < capacity order by run_id limit 1)",
    );
    await db.execute(
      "update registration set status = 'cancelled' where id = (select r.id from registration r join booking b on b.id = r.booking_id where b.status = 'confirmed' order by r.id limit 1)",
    );
    await db.execute(
      "update course_run set starts_at = starts_at - interval '1 hour' where id = (select id from course_run where starts_at > now() + interval '1 day' order by id limit 1)",
    );
    // A zone of another name, as if the database's data lacked it.
    await db.execute(
      "update venue set time_zone = 'Europe/Atlantis' where id = (select id from venue order by id limit 1)",
    );
    const diagnosis = await diagnose(academy);

    expect(sick(diagnosis)).toEqual([
      "Indexes: trouble",
      "Constraints: trouble",
      "Time zones: trouble",
      "Times of runs: trouble",
      "Places: trouble",
      "Bookings: trouble",
    ]);
    const details = Object.fromEntries(diagnosis.checks.map(({ name, detail }) => [name, detail]));
    expect(details["Indexes"]).toContain("course_run_venue_idx");
    expect(details["Constraints"]).toContain("session_room_free");
    expect(details["Time zones"]).toContain("Europe/Atlantis");
    expect(details["Places"]).toContain("1 runs");
    expect(diagnosis).toMatchObject({ ok: false, exitCode: 1 });
  });

  it("sends whoever has pending migrations to them first", async () => {
    await using academy = await startAcademy();
    const { db } = academy.database;

    await db.execute(
      "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
    );
    const diagnosis = await diagnose(academy);

    expect(sick(diagnosis)).toEqual([
      "Migrations: trouble",
      "Indexes: skipped",
      "Time zones: skipped",
      "Times of runs: skipped",
      "Places: skipped",
      "Waiting lists: skipped",
      "Discount codes: skipped",
      "Transfers: skipped",
      "Jobs: skipped",
      "Mail: skipped",
      "Audit log: skipped",
    ]);
  });
});

describe("demo", () => {
  it("fills the academy once", { timeout: 120_000 }, async () => {
    await using academy = await startAcademy();

    const first = await lectern(["demo", "--runs", "300", "--json"], academy);
    const again = await lectern(["demo", "--runs", "300"], academy);

    expect(first.json()).toMatchObject({ loaded: true, runs: 300 });
    expect(again.stdout).toContain("nothing was changed");
    expect(sick(await diagnose(academy))).toEqual([]);
  });

  it("needs a database on this machine", async () => {
    const { exitCode, stderr } = await lectern(["demo", "--runs", "10"]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain("npm start");
  });
});
