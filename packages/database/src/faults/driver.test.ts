import postgres, { type Sql } from "postgres";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { administer } from "../driver/administer.ts";
import { useTestDatabase } from "../testing/database.ts";
import { waitFor } from "../testing/wait-for.ts";
import { startImpostor, startProxy } from "./proxy.ts";
import { expectNothingUnhandled, within } from "./unhandled.ts";

/**
 * The driver by itself, without the rules that this package lays over it: what its patch mends. Each of these hangs, kills the process or writes where it
 * must not with the driver as it is published (postgres.js 3.4.9; issues #1215, #1216, #1204, #1186, #1193, #1089, #1097, #1130).
 */

const database = useTestDatabase();

expectNothingUnhandled();

beforeEach(async () => {
  await using admin = administer(database().url);
  await admin.run("create table if not exists written (step text)");
  await admin.run("truncate written");
});

function open(url: string, max = 1): Sql {
  const sql = postgres(url, {
    max,
    fetch_types: false,
    max_pipeline: 0,
    connect_timeout: 2,
    backoff: () => 0.02,
    onnotice: () => {},
  });
  onTestFinished(() => sql.end({ timeout: 0 }));
  return sql;
}

async function kill(pid: unknown) {
  await using admin = administer(database().adminUrl);
  await admin.run("select pg_terminate_backend($1::int)", [String(pid)]);
  await waitFor(
    async () =>
      (await admin.run("select from pg_stat_activity where pid = $1::int", [String(pid)]))
        .length === 0,
  );
}

async function written(): Promise<unknown[]> {
  await using admin = administer(database().url);
  return (await admin.run("select step from written order by step")).map(({ step }) => step);
}

describe("1. a back end killed in a transaction", () => {
  test.each([1, 3])("nothing of the rest runs, on no connection of %i", async (max) => {
    const sql = open(database().url, max);
    await Promise.all(Array.from({ length: max }, () => sql`select pg_sleep(0.05)`));
    const later: unknown[] = [];
    const finished = Promise.withResolvers<void>();
    const outcome = sql
      .begin(async (tx) => {
        const [row] = await tx`select pg_backend_pid() as pid`;
        await tx`insert into written values ('first')`;
        await kill(row?.["pid"]);
        for (const step of ["second", "third", "fourth"]) {
          later.push(
            await tx`insert into written values (${step})`.catch((error: unknown) => error),
          );
          await sql`select 1`;
        }
        finished.resolve();
      })
      .catch((error: unknown) => error);
    expect(await within(5000, outcome)).toBeInstanceOf(Error);
    await within(5000, finished.promise);
    expect(later).toHaveLength(3);
    for (const answer of later) expect(answer).toBeInstanceOf(Error);
    expect(await written()).toEqual([]);
  });

  test("another transaction on the new connection gets none of its statements", async () => {
    const sql = open(database().url);
    const killed = Promise.withResolvers<void>();
    const secondIsOpen = Promise.withResolvers<void>();
    const zombieIsDone = Promise.withResolvers<void>();
    const zombie = sql
      .begin(async (tx) => {
        const [row] = await tx`select pg_backend_pid() as pid`;
        await kill(row?.["pid"]);
        killed.resolve();
        await secondIsOpen.promise;
        await tx`insert into written values ('zombie')`.catch(() => {});
        zombieIsDone.resolve();
      })
      .catch((error: unknown) => error);
    await killed.promise;
    await within(
      5000,
      sql.begin(async (tx) => {
        await tx`insert into written values ('alive')`;
        secondIsOpen.resolve();
        await zombieIsDone.promise;
      }),
    );
    expect(await zombie).toBeInstanceOf(Error);
    expect(await written()).toEqual(["alive"]);
  });
});

test("2. statements queued in a dead transaction are rejected, and nothing is thrown where nobody can catch it", async () => {
  const sql = open(database().url);
  const outcomes = sql
    .begin(async (tx) => {
      const [row] = await tx`select pg_backend_pid() as pid`;
      const queued = [
        tx`select pg_sleep(30)`,
        ...Array.from({ length: 20 }, (_, n) => tx`insert into written values (${n})`),
      ];
      const settled = Promise.allSettled(queued);
      await kill(row?.["pid"]);
      return await settled;
    })
    .catch((error: unknown) => error);
  expect(await within(5000, outcomes)).toBeInstanceOf(Error);
  expect(await written()).toEqual([]);
  expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

describe("3. a server that closes at start-up", () => {
  test("is reported, not dialled for ever", async () => {
    await using impostor = await startImpostor((socket) => socket.end());
    const sql = open(impostor.url, 3);
    const attempts = Array.from({ length: 3 }, () =>
      sql`select 1`.catch((error: unknown) => error),
    );
    for (const outcome of await within(5000, Promise.all(attempts)))
      expect(outcome).toBeInstanceOf(Error);
    expect(impostor.accepted).toBeLessThanOrEqual(6);
    await expect(within(5000, sql`select 1`)).rejects.toThrow(/CONNECTION_CLOSED/);
  });

  test("serves as soon as it is one", async () => {
    await using proxy = await startProxy(database().url);
    const sql = open(proxy.url);
    proxy.blackHole();
    const first = sql`select 1`.catch((error: unknown) => error);
    await waitFor(() => proxy.accepted > 0);
    proxy.cut();
    expect(await within(5000, first)).toBeInstanceOf(Error);
    proxy.restore();
    expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });
});

test("4. a half-open connection can be given up: its statement is rejected, the next one gets a new connection", async () => {
  await using proxy = await startProxy(database().url);
  const sql = open(proxy.url);
  await sql`select 1`;
  proxy.blackHole();
  const query = sql`select 1`;
  const outcome = query.catch((error: unknown) => error);
  await waitFor(() => Reflect.get(query, "active") === true);
  query.abandon(new Error("given up"));
  expect(String(await within(1000, outcome))).toContain("given up");
  proxy.restore();
  expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
});

describe("5. end() after a loss", () => {
  test("returns", async () => {
    const sql = open(database().url, 3);
    const running = Array.from({ length: 3 }, () =>
      sql`select pg_sleep(30), pg_backend_pid()`.catch((error: unknown) => error),
    );
    await using admin = administer(database().adminUrl);
    const sleeping =
      "from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid() and datname = current_database()";
    await waitFor(async () => (await admin.run(`select ${sleeping}`)).length === 3);
    await admin.run(`select pg_terminate_backend(pid) ${sleeping}`);
    for (const outcome of await within(5000, Promise.all(running)))
      expect(outcome).toBeInstanceOf(Error);
    await within(2000, sql.end());
  });

  test("returns when it was called before the loss", async () => {
    await using proxy = await startProxy(database().url);
    const sql = open(proxy.url);
    const running = sql`select pg_sleep(30)`.catch((error: unknown) => error);
    await waitFor(() => proxy.accepted === 1);
    const ended = sql.end();
    proxy.cut();
    await within(2000, ended);
    expect(await running).toBeInstanceOf(Error);
  });

  test("returns, and keeps no socket that would keep the process, when nobody answers any more", async () => {
    await using proxy = await startProxy(database().url);
    const sockets = () =>
      process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
    const before = sockets();
    const sql = open(proxy.url);
    await sql`select 1`;
    proxy.blackHole();
    await within(3000, sql.end({ timeout: 1 }));
    // The proxy's own two, and none of the driver's.
    await waitFor(() => sockets() <= before + 2, 1000);
    expect(sockets()).toBeLessThanOrEqual(before + 2);
  });
});

describe("and beside the six", () => {
  test("a copy whose back end is killed fails, and nothing else", async () => {
    const sql = open(database().url);
    const outcome = sql
      .begin(async (tx) => {
        const [row] = await tx`select pg_backend_pid() as pid`;
        const stream = await tx`copy written from stdin`.writable();
        const failed = new Promise((resolve) => stream.once("error", resolve));
        stream.write("first\n");
        await kill(row?.["pid"]);
        return await failed;
      })
      .catch((error: unknown) => error);
    expect(await within(5000, outcome)).toBeInstanceOf(Error);
    expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });

  test("cancelling at a server that has gone harms nobody", async () => {
    await using proxy = await startProxy(database().url);
    const sql = open(proxy.url);
    const query = sql`select pg_sleep(30)`;
    const outcome = query.catch((error: unknown) => error);
    await waitFor(() => Reflect.get(query, "active") === true);
    proxy.blackHole();
    query.cancel();
    await waitFor(() => proxy.accepted === 2);
    proxy.cut();
    query.abandon(new Error("given up"));
    expect(await within(5000, outcome)).toBeInstanceOf(Error);
    proxy.restore();
    expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });

  test("a statement cancelled while its connection opens gives that connection back", async () => {
    const sql = open(database().url);
    const query = sql`select 1`;
    const outcome = query.catch((error: unknown) => error);
    await Promise.resolve();
    await Promise.resolve();
    query.cancel();
    expect(await within(5000, outcome)).toBeInstanceOf(Error);
    expect(await within(5000, sql`select 1 as one`)).toMatchObject([{ one: 1 }]);
  });

  test("the SQLSTATE with which the server says good-bye reaches the statement that it interrupts", async () => {
    const sql = open(database().url);
    const [row] = await sql`select pg_backend_pid() as pid`;
    const outcome = sql`select pg_sleep(30)`.catch((error: unknown) => error);
    await using admin = administer(database().adminUrl);
    await waitFor(
      async () =>
        (
          await admin.run("select from pg_stat_activity where pid = $1::int and state = 'active'", [
            String(row?.["pid"]),
          ])
        ).length === 1,
    );
    await kill(row?.["pid"]);
    expect(await within(5000, outcome)).toMatchObject({ code: "57P01" });
  });
});
