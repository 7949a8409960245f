import { setTimeout as sleep } from "node:timers/promises";
import { confirmBooking } from "@lectern/api/features/bookings/confirm-booking";
import { holdPlaces } from "@lectern/api/features/bookings/hold-places";
import { createTestRun, newKey, testCall } from "@lectern/api/testing/factories";
import { createAccessSecret } from "@lectern/auth/access-key";
import type { Database } from "@lectern/database/connect";
import { mailMessage } from "@lectern/database/schema/mail";
import { eq, sql } from "drizzle-orm";
import { type MailServer, type MailServerOptions, startMailServer } from "../mail/mail-server.ts";
import { temporaryFolder } from "../support/lectern-process.ts";
import { compareArrivals } from "./mail/arrivals.ts";
import { type MortalWorker, startMortalWorker } from "./mail/mortal-worker.ts";
import { askDoctor } from "./support/doctor.ts";
import { startTrialServer } from "./support/trial-database.ts";
import { demand, numbersFrom, report, runTrial } from "./support/trial.ts";

/**
 * `pnpm test:mail`: bookings are made, and workers send their mails through a mail server that is slow, busy
 * at times, and loses connections before its answer, while the workers are killed (SIGKILL) one after the
 * other. Afterwards every mail has arrived, and what arrived twice has the same Message-ID.
 */
const { mails, kills, workers } = numbersFrom({ mails: 1000, kills: 100, workers: 2 });

/** A confirmed booking of one place for somebody else: one mail to the booker, one to the learner. */
const MAILS_PER_BOOKING = 2;
/** A worker dies after so many mails have arrived, or after so many milliseconds if none do. */
const MAILS_A_LIFE = { least: 1, most: (2 * mails) / Math.max(1, kills) };
const LIFE_MS = 2000;
/** So many kills ahead of them the mails are told of, so that there is always something to send. */
const AHEAD = 5;
/** The mail server thinks so long before it answers. */
const ANSWER_MS = 150;
/** Jobs of killed workers are taken over after ten seconds, and mails that were put off are tried again ever more slowly. */
const PATIENCE_MS = 240_000;

await runTrial("mail", async () => {
  await using stack = new AsyncDisposableStack();
  const postgres = stack.use(await startTrialServer());
  const { db, url } = stack.use(await postgres.createDatabase());
  const folder = stack.use(await temporaryFolder());
  const trouble = { busy: 0, dropped: 0 };
  const server = stack.use(await startMailServer(troubled(trouble)));
  const environment = {
    DATABASE_URL: url,
    LECTERN_DATA: folder.path,
    LECTERN_SECRET: createAccessSecret(),
    LECTERN_PUBLIC_URL: "https://academy.example",
    LECTERN_SMTP_URL: `smtp://localhost:${server.port}`,
    LECTERN_MAIL_FROM: "Academy <academy@example.com>",
    LECTERN_LOG_LEVEL: "info",
  };
  const mortals = Array.from({ length: workers }, () => stack.use(startMortalWorker(environment)));
  report(`${mails} mails, ${workers} workers, ${kills} kills …`);
  const expected = await sendWhileKilling(db, mortals, server);
  await arrivalOf(db, server, expected.length);

  const arrivals = compareArrivals(expected, server.received);
  const sent = await db.$count(mailMessage, eq(mailMessage.state, "sent"));
  report(
    `${server.received.length} arrived of ${expected.length}; ${trouble.busy} were put off, and ${trouble.dropped} answers lost.`,
  );
  demand(arrivals.lost === 0, `${arrivals.lost} mails were lost`);
  demand(
    arrivals.duplicatesWithOtherId === 0,
    `${arrivals.duplicatesWithOtherId} mails came again with another Message-ID`,
  );
  demand(
    sent === expected.length,
    `${sent} of ${expected.length} mails are marked as sent: ${await statesOf(db)}`,
  );
  const { troubles } = await askDoctor(url);
  demand(troubles.length === 0, `The doctor complains: ${troubles.join("; ")}`);
  return { mails: expected.length, kills, workers, ...arrivals, ...trouble, doctor: "ok" };
});

/** Busy once for one mail in fifty, and gone before its answer once for another. */
function troubled(trouble: { busy: number; dropped: number }): MailServerOptions {
  const seen = new Set<string>();
  return {
    async onMail({ messageId = "" }) {
      const number = seen.has(messageId) ? undefined : seen.add(messageId).size;
      await sleep(Math.random() * ANSWER_MS);
      if (number === undefined) return undefined;
      if (number % 50 === 0) {
        trouble.busy += 1;
        return { status: 451, words: "Try again later" };
      }
      if (number % 50 === 25) {
        trouble.dropped += 1;
        return "drop";
      }
      return undefined;
    },
  };
}

/** Books as the workers die, so that mails are under way all the time. @returns who should get one */
async function sendWhileKilling(
  db: Database,
  mortals: readonly MortalWorker[],
  server: MailServer,
): Promise<readonly string[]> {
  const bookings = Math.ceil(mails / MAILS_PER_BOOKING);
  const run = await createTestRun(db, { capacity: bookings });
  const expected: string[] = [];
  let killed = 0;

  async function bookUntil(count: number): Promise<void> {
    while (expected.length < count * MAILS_PER_BOOKING) {
      const number = expected.length / MAILS_PER_BOOKING;
      const learner = `learner-${number}@example.com`;
      const booker = `booker-${number}@example.com`;
      expected.push(booker, learner);
      await book(db, run.id, booker, learner);
    }
  }
  async function killAgainAndAgain(mortal: MortalWorker): Promise<void> {
    while (killed < kills) {
      killed += 1;
      const number = killed;
      await mortal.ready();
      await bookUntil(Math.min(bookings, Math.ceil((bookings * (number + AHEAD)) / kills)));
      await arrivals(server, MAILS_A_LIFE.least + Math.random() * (MAILS_A_LIFE.most - 1));
      await mortal.kill();
      if (number % 10 === 0)
        report(`  ${number} kills, ${server.received.length} of ${expected.length} mails arrived`);
    }
  }
  await Promise.all(mortals.map(killAgainAndAgain));
  await bookUntil(bookings);
  return expected;
}

/** Waits until so many more have arrived. */
async function arrivals(server: MailServer, count: number): Promise<void> {
  const enough = server.received.length + count;
  const end = performance.now() + LIFE_MS;
  while (server.received.length < enough && performance.now() < end) await sleep(3);
}

async function book(db: Database, runId: string, booker: string, learner: string): Promise<void> {
  const call = testCall();
  const { reference, accessKey } = await holdPlaces(db, call, {
    runId,
    places: 1,
    idempotencyKey: newKey(),
  });
  await confirmBooking(db, call, {
    reference,
    accessKey,
    booker: { name: "Grace Hopper", email: booker },
    learners: [{ name: "Ada Lovelace", email: learner }],
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
}

/** Waits until everything is sent, as far as the database knows. */
async function arrivalOf(db: Database, server: MailServer, count: number): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (let told = 0; performance.now() < end; told += 1) {
    const sent = await db.$count(mailMessage, eq(mailMessage.state, "sent"));
    if (sent >= count && !(await isWorkLeft(db))) return;
    if (told % 20 === 0) report(`  ${sent} of ${count} sent, ${server.received.length} arrived`);
    await sleep(250);
  }
}

async function isWorkLeft(db: Database): Promise<boolean> {
  const { count } = await db.execute(
    sql`select from pgboss.job_common where name like 'mail.%' and state < 'completed' limit 1`,
  );
  return count > 0;
}

async function statesOf(db: Database): Promise<string> {
  const { rows } = await db.execute(
    sql`select state::text, count(*)::int, min(last_error) as error from mail_message group by state`,
  );
  return JSON.stringify(rows);
}
