import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createTestCourse, createTestRun } from "@lectern/api/testing/factories";
import { connect } from "@lectern/database/connect";
import { type EmbeddedServer, startEmbeddedServer } from "@lectern/database/embedded/server";
import { migrate } from "@lectern/database/migrate";
import { makeTestDirectory } from "@lectern/database/testing/test-directory";
import { sendCustomers } from "./crash/clients.ts";
import { type Entry, findContradictions } from "./crash/history.ts";
import { readAftermath } from "./crash/read-aftermath.ts";
import { type Academy, startAcademy } from "./support/academy.ts";
import { askDoctor } from "./support/doctor.ts";
import { demand, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:crash`: customers hold, confirm and cancel, while servers and PostgreSQL are killed, one after
 * the other (SIGKILL). Afterwards nothing that was acknowledged may be lost, nothing done twice, and the
 * counters are the ledger.
 */
const { rounds, clients, servers, runs } = numbersFrom({
  rounds: 200,
  clients: 50,
  servers: 3,
  runs: 20,
});

const CAPACITY = 60;

/** A round lasts so long before somebody is killed, in milliseconds. */
const ROUND_MS = { least: 150, most: 700 };

/** What a killed process has not flushed is still in the system's memory: it takes no disk to survive that. */
const SETTINGS = { fsync: "off", full_page_writes: "off", max_connections: "100" };

await runTrial("crash", async () => {
  await using stack = new AsyncDisposableStack();
  const directory = await makeTestDirectory();
  stack.defer(() => rm(directory, { recursive: true, force: true }));
  const postgres = { current: await startEmbeddedServer({ directory, settings: SETTINGS }) };
  stack.defer(() => postgres.current.stop());
  const { url, port } = postgres.current;
  const db = await connect({ url, applicationName: "lectern-trial" });
  stack.defer(() => db.close({ timeoutMs: 1000 }));
  await migrate(db);
  const { id: courseId } = await createTestCourse(db);
  const runIds: string[] = [];
  while (runIds.length < runs) {
    runIds.push((await createTestRun(db, { courseId, capacity: CAPACITY })).id);
  }

  const academy = stack.use(await startAcademy({ databaseUrl: url, servers }));
  report(`${clients} customers, ${servers} servers, ${rounds} rounds …`);
  const urls = academy.servers.map((server) => server.url);
  const customers = sendCustomers(urls, runIds, clients);
  // Whatever happens, they go home: a trial that failed would never end for their sake.
  stack.defer(() => customers.stop());
  const kills = { servers: 0, postgres: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    await sleep(ROUND_MS.least + Math.random() * (ROUND_MS.most - ROUND_MS.least));
    if (Math.random() < 1 / 3) {
      postgres.current = await killPostgres(postgres.current, directory, port);
      kills.postgres += 1;
    } else {
      await killServer(academy, Math.floor(Math.random() * servers));
      kills.servers += 1;
    }
    if (round % 10 === 0) report(`  round ${round}: ${customers.history.length} operations`);
  }
  await customers.stop();

  const { history } = customers;
  const contradictions = findContradictions(history, await readAftermath(db));
  demand(contradictions.length === 0, contradictions.slice(0, 20).join("\n"));
  const { troubles } = await askDoctor(url);
  demand(troubles.length === 0, `The doctor complains: ${troubles.join("; ")}`);
  const acknowledged = countOf(history, "ok");
  demand(acknowledged > rounds, `Only ${acknowledged} operations were acknowledged`);
  return {
    rounds,
    kills,
    operations: history.length,
    acknowledged,
    refused: countOf(history, "refused"),
    unknown: countOf(history, "unknown"),
    lost: 0,
    doubled: 0,
    doctor: "ok",
  };
});

function countOf(history: readonly Entry[], outcome: Entry["outcome"]): number {
  return history.filter((entry) => entry.outcome === outcome).length;
}

async function killServer(academy: Academy, number: number): Promise<void> {
  const victim = academy.servers[number];
  if (victim === undefined) throw new RangeError(`There is no server ${number}`);
  victim.child.kill("SIGKILL");
  await victim.exited;
  await academy.restart(number);
}

async function killPostgres(
  victim: EmbeddedServer,
  directory: string,
  port: number,
): Promise<EmbeddedServer> {
  process.kill(victim.pid, "SIGKILL");
  await victim.exited;
  return startEmbeddedServer({ directory, settings: SETTINGS, port });
}
