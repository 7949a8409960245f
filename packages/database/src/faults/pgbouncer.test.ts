import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { int4 } from "../codecs.ts";
import { connect } from "../connect.ts";
import { StatementAborted } from "../errors.ts";
import { migrate, migrationStatus } from "../migrate.ts";
import { prepared, rows } from "../prepared.ts";
import { type Database, withSignal } from "../queryable.ts";
import { useTestDatabase } from "../testing/database.ts";
import { waitFor } from "../testing/wait-for.ts";
import { transaction } from "../transaction.ts";
import { expectNothingUnhandled } from "./unhandled.ts";

/** 6. PgBouncer in transaction mode, where one statement's connection is not the next one's. Needs `pgbouncer` on the PATH. */

const isInstalled = spawnSync("pgbouncer", ["--version"]).status === 0;
const database = useTestDatabase();
const double = prepared("pgbouncer.double", { n: int4 }, (_, $) =>
  rows({ n: int4 }, sql`select ${$.n} * 2 as n`),
);

expectNothingUnhandled();

describe.skipIf(!isInstalled)(
  `behind PgBouncer${isInstalled ? "" : " (skipped: pgbouncer is not installed)"}`,
  () => {
    let directory: string;
    let bouncer: ChildProcess;
    let db: Database;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "lectern-pgbouncer-"));
      await chmod(directory, 0o755);
      const target = new URL(database().url);
      const port = await freePort();
      const files = {
        config: join(directory, "pgbouncer.ini"),
        users: join(directory, "users.txt"),
      };
      await writeFile(files.users, `"${target.username}" "${target.password}"\n`);
      await writeFile(
        files.config,
        `[databases]
* = host=${target.hostname} port=${target.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${files.users}
pool_mode = transaction
default_pool_size = 2
`,
      );
      // It refuses root as PostgreSQL does.
      const user = process.getuid?.() === 0 ? ["-u", "nobody"] : [];
      bouncer = spawn("pgbouncer", [...user, files.config], { stdio: "ignore" });
      target.port = String(port);
      db = await waitFor(() =>
        connect({ url: target.href, pgbouncer: true, poolSize: 20 }).catch(() => undefined),
      );
    });

    afterAll(async () => {
      await db.close();
      bouncer.kill("SIGINT");
      await rm(directory, { recursive: true, force: true });
    });

    test("every query of many is answered, prepared ones among them", async () => {
      const answers = await Promise.all(
        Array.from({ length: 500 }, (_, n) => double.first(db, { n })),
      );
      expect(answers).toEqual(Array.from({ length: 500 }, (_, n) => ({ n: n * 2 })));
    });

    test("a transaction keeps its connection from BEGIN to COMMIT", async () => {
      const sums = await Promise.all(
        Array.from({ length: 50 }, () =>
          transaction(db, {}, async (tx) => {
            const [first, second] = [await pidOf(tx), await pidOf(tx)];
            return first === second;
          }),
        ),
      );
      expect(sums.every(Boolean)).toBe(true);
    });

    test("migrations and their status work", async () => {
      expect(await migrate(db)).toEqual([]);
      expect((await migrationStatus(db)).pending).toEqual([]);
    });

    test("aborting reaches PostgreSQL", async () => {
      const controller = new AbortController();
      const outcome = withSignal(db, controller.signal)
        .execute(sql`select pg_sleep(30)`)
        .catch((error: unknown) => error);
      const sleepers = async () =>
        (
          await database().db.execute(
            sql`select from pg_stat_activity where query = 'select pg_sleep(30)' and state = 'active'`,
          )
        ).count;
      await waitFor(async () => (await sleepers()) === 1);
      controller.abort();
      expect(await outcome).toBeInstanceOf(StatementAborted);
      await waitFor(async () => (await sleepers()) === 0, 1000);
    });
  },
);

test("without named statements and settings nothing is left for a bouncer to stumble over", async () => {
  const db = await connect({ url: database().url, pgbouncer: true, poolSize: 1 });
  expect(await double.first(db, { n: 21 })).toEqual({ n: 42 });
  await transaction(db, {}, (tx) => double.first(tx, { n: 1 }));
  const { rows: found } = await db.execute(
    sql`select (select count(*)::int from pg_prepared_statements) as statements, current_setting('plan_cache_mode') as mode`,
  );
  expect(found).toEqual([{ statements: 0, mode: "auto" }]);
  await db.close();
});

async function pidOf(tx: Pick<Database, "execute">): Promise<unknown> {
  return (await tx.execute(sql`select pg_backend_pid() as pid`)).rows[0]?.["pid"];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address !== "object") throw new TypeError("No free port");
  return address.port;
}
