import type { Actor } from "@lectern/auth/actor";
import type { Database } from "@lectern/database/connect";
import { organisation } from "@lectern/database/schema/organisations";
import { person } from "@lectern/database/schema/people";
import { instructor, session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { appRouter } from "../app-router.ts";
import { t } from "../trpc/init.ts";
import { testContext } from "./factories.ts";
import { type SignedIn, signIn } from "./signed-in.ts";

/** What tests of companies, and of who reaches what, begin with. */

const callerOf = t.createCallerFactory(appRouter);

/** The procedures, as they are called by somebody. */
export function apiAs(db: Database, actor?: Actor) {
  return callerOf(testContext(db, actor));
}

/** The same for somebody who is signed in, as they are at this moment. */
export async function apiOf(db: Database, who: SignedIn) {
  return apiAs(db, await who.actor());
}

/** @returns the id of a company in Norway, unless it is said otherwise */
export async function createTestOrganisation(
  db: Database,
  overrides: Partial<typeof organisation.$inferInsert> = {},
): Promise<string> {
  const id = uuidv7();
  await db.insert(organisation).values({ id, name: `Company ${id}`, country: "NO", ...overrides });
  return id;
}

/** @returns somebody with a role in a company, signed in */
export async function signInAt(
  db: Database,
  organisationId: string,
  role: "learner" | "company_booker" | "company_manager",
): Promise<SignedIn> {
  return signIn(db, { role, organisationId });
}

/** Gives somebody an address, as if they had shown that it is theirs. */
export async function giveAddress(db: Database, personId: string, email: string): Promise<void> {
  await db.update(person).set({ email }).where(eq(person.id, personId));
}

/** @returns the address of somebody */
export async function addressOf(db: Database, personId: string): Promise<string> {
  const [found] = await db
    .select({ email: person.email })
    .from(person)
    .where(eq(person.id, personId));
  if (found === undefined) throw new Error("There is no such person");
  return found.email;
}

/** @returns somebody who signs in as an instructor, with the id that the catalogue knows them by */
export async function signInAsInstructor(
  db: Database,
): Promise<SignedIn & { readonly instructorId: string }> {
  const who = await signIn(db, { role: "instructor" });
  const instructorId = uuidv7();
  await db
    .insert(instructor)
    .values({ id: instructorId, slug: instructorId, name: who.name, personId: who.id });
  return { ...who, instructorId };
}

/** Gives a run a sitting that these people teach. */
export async function letTeach(
  db: Database,
  run: {
    readonly id: string;
    readonly startsAt: Date;
    readonly endsAt: Date;
    readonly timeZone: string;
    readonly localStart: string;
    readonly localEnd: string;
  },
  instructorIds: readonly string[],
): Promise<void> {
  const { startsAt, endsAt } = run;
  const id = uuidv7();
  await db.insert(session).values({
    id,
    runId: run.id,
    position: 1,
    timeZone: run.timeZone,
    localStart: run.localStart,
    localEnd: run.localEnd,
    startsAt,
    endsAt,
  });
  for (const instructorId of instructorIds) {
    await db
      .insert(sessionInstructor)
      .values({ sessionId: id, instructorId, startsAt, endsAt, isActive: true });
  }
}
