import { createTestRun } from "@lectern/api/testing/factories";
import { ledgerOf } from "@lectern/api/testing/ledger";
import { administer } from "@lectern/database/driver/administer";
import { booking } from "@lectern/database/schema/bookings";
import { idempotencyKey } from "@lectern/database/schema/operations";
import { and, eq, inArray, sql } from "drizzle-orm";
import { type Attempt, attemptAll, clientsOf } from "./race/attempts.ts";
import { repeatAll } from "./race/repeats.ts";
import { startAcademy } from "./support/academy.ts";
import { askDoctor } from "./support/doctor.ts";
import { type TrialDatabase, startTrialServer } from "./support/trial-database.ts";
import { demand, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:race`: far more people than there are places come for them at once, over HTTP, to several
 * servers. Exactly the places there are get sold, and everybody is answered. Then a control: the same
 * servers without the guard must sell too many, or this trial could not fail. Then requests that are sent
 * several times at once: each has one effect.
 */
const { attempts, places, servers, repeats } = numbersFrom({
  attempts: 10_000,
  places: 100,
  servers: 3,
  repeats: 10_000,
});

const WITHOUT_GUARD = new URL("race/without-guard.mjs", import.meta.url).href;
const REPEATED_RUNS = 20;

await runTrial("race", async () => {
  await using server = await startTrialServer();
  await using database = await server.createDatabase();
  const race = await sellOut(database);
  const repeated = await sendRepeatedly(database);
  const { troubles } = await askDoctor(database.url);
  demand(troubles.length === 0, `The doctor complains: ${troubles.join("; ")}`);
  report("The doctor has no complaints.");
  await using control = await server.createDatabase();
  const oversold = await sellWithoutGuard(control);
  return { attempts, places, servers, ...race, ...repeated, control: oversold, doctor: "ok" };
});

function placesOf(held: readonly Attempt[]): number {
  return held.reduce((sum, attempt) => sum + attempt.places, 0);
}

async function sellOut({ db, url }: TrialDatabase) {
  await using academy = await startAcademy({ databaseUrl: url, servers });
  const run = await createTestRun(db, { capacity: places });
  report(`${attempts} attempts on ${places} places, on ${servers} servers …`);
  const outcomes = await attemptAll(clientsOf(academy.servers), run.id, attempts);
  const held = outcomes.filter(({ reference }) => reference !== undefined);
  const refusals = countBy(outcomes.map(({ refusal }) => refusal).filter((word) => word != null));
  const ledger = await ledgerOf(db, run.id);
  const bookings = await db.$count(
    booking,
    and(eq(booking.runId, run.id), eq(booking.status, "held")),
  );
  report(`${held.length} hold ${placesOf(held)} places; refused: ${JSON.stringify(refusals)}`);
  demand(placesOf(held) === places, `${placesOf(held)} of ${places} places were given out`);
  demand(
    ledger.taken === places && ledger.allocated === places,
    `The ledger says ${JSON.stringify(ledger)}`,
  );
  demand(bookings === held.length, `${held.length} were told so, and ${bookings} have bookings`);
  demand(
    new Set(held.map(({ reference }) => reference)).size === held.length,
    "Two have the same reference",
  );
  demand(outcomes.length === attempts, "Somebody was not answered");
  demand(
    Object.keys(refusals).every((word) => word === "SoldOut"),
    `Somebody was refused for another reason: ${JSON.stringify(refusals)}`,
  );
  return { held: held.length, placesHeld: placesOf(held), refusals };
}

async function sendRepeatedly({ db, url }: TrialDatabase) {
  await using academy = await startAcademy({ databaseUrl: url, servers });
  const runs = await Promise.all(
    Array.from({ length: REPEATED_RUNS }, () => createTestRun(db, { capacity: 100_000 })),
  );
  const runIds = runs.map(({ id }) => id);
  report(`${repeats} requests, each sent one to five times at once …`);
  const keysBefore = await db.$count(idempotencyKey);
  const repeated = await repeatAll(clientsOf(academy.servers), runIds, repeats);
  const bookings = await db.$count(booking, inArray(booking.runId, runIds));
  const keys = (await db.$count(idempotencyKey)) - keysBefore;
  report(`${repeated.sent} requests have made ${bookings} bookings.`);
  demand(
    bookings === repeats && keys === repeats,
    `${repeats} requests have made ${bookings} bookings and ${keys} answers`,
  );
  return { repeats, sent: repeated.sent, effects: bookings };
}

/** @returns by how many places the run was oversold: it must be some */
async function sellWithoutGuard({ db, url, adminUrl }: TrialDatabase) {
  {
    await using admin = administer(adminUrl);
    await admin.run("ALTER TABLE run_capacity DROP CONSTRAINT run_capacity_not_oversold");
  }
  await using academy = await startAcademy({
    databaseUrl: url,
    servers,
    environment: { NODE_OPTIONS: `--import=${WITHOUT_GUARD}` },
  });
  const run = await createTestRun(db, { capacity: places });
  report("The control: the same without the guard …");
  const outcomes = await attemptAll(clientsOf(academy.servers), run.id, Math.min(attempts, 2000));
  const taken = placesOf(outcomes.filter(({ reference }) => reference !== undefined));
  report(`Without the guard ${taken} of ${places} places were sold.`);
  demand(taken > places, "Without the guard nothing was oversold: this trial can't fail");
  const { rows } = await db.execute(
    sql`SELECT taken FROM run_capacity WHERE run_id = ${run.id}::uuid`,
  );
  const { troubles } = await askDoctor(url);
  demand(troubles.length > 0, "The doctor does not see that a run is oversold");
  return { taken, oversoldBy: taken - places, counter: rows[0]?.["taken"], doctor: troubles };
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
