import { hashOfSecret, newSplitToken } from "@lectern/auth/split-token";
import type { Role } from "@lectern/contract/vocabulary";
import { booking, registration, waitlistEntry } from "@lectern/database/schema/bookings";
import { course } from "@lectern/database/schema/catalogue";
import { organisation } from "@lectern/database/schema/organisations";
import { authSession, person, roleAssignment } from "@lectern/database/schema/people";
import { courseRun, instructor, room, venue } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type TestPerson, createPerson } from "../support/people.ts";
import type { Served } from "../support/serve.ts";
import type { Known } from "./valid.ts";

/** Somebody who calls, by what their requests carry. */
export interface Caller {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ROLES: readonly (Role | null)[] = [null, "company_manager", "finance", "administrator"];

/** People of several roles, who come back however often an input signs them out, or worse. */
export class World {
  readonly #server: Served;
  readonly #people: { readonly owner: TestPerson; readonly role: Role | null }[] = [];
  readonly #organisationId = uuidv7();
  callers: readonly Caller[] = [];
  known: Known = new Map();

  constructor(server: Served) {
    this.#server = server;
  }

  async begin(): Promise<void> {
    const { db } = this.#server;
    await db
      .insert(organisation)
      .values({ id: this.#organisationId, name: "Fjord Analytics AS", country: "NO" });
    for (const role of ROLES) this.#people.push({ owner: await createPerson(this.#server), role });
    await this.refresh();
  }

  /** Puts everybody back who was signed out, suspended or worse, and looks at what there is now. */
  async refresh(): Promise<void> {
    const { db, operatorToken } = this.#server;
    const callers: Caller[] = [
      { name: "nobody", headers: {} },
      { name: "operator", headers: { authorization: `Bearer ${operatorToken}` } },
    ];
    for (const { owner, role } of this.#people) {
      await db
        .update(person)
        .set({ suspendedAt: null, mergedIntoId: null, erasedAt: null, emailVerifiedAt: new Date() })
        .where(eq(person.id, owner.id));
      if (role !== null) {
        const organisationId = role === "company_manager" ? this.#organisationId : null;
        await db
          .insert(roleAssignment)
          .values({ id: uuidv7(), personId: owner.id, role, organisationId })
          .onConflictDoNothing();
      }
      callers.push({ name: role ?? "learner", headers: { cookie: await this.#signIn(owner.id) } });
    }
    // Who may do most gets to most of the code.
    this.callers = [
      ...callers,
      ...callers.filter(({ name }) => name === "administrator"),
      ...callers.filter(({ name }) => name === "administrator"),
    ];
    this.known = await this.#look();
  }

  async #signIn(personId: string): Promise<string> {
    const token = newSplitToken();
    await this.#server.db.insert(authSession).values({
      id: token.id,
      personId,
      secretHash: hashOfSecret(token.secret),
      method: "password",
      secondFactorAt: new Date(),
      expiresAt: sql`clock_timestamp() + interval '1 day'`,
      endsAt: sql`clock_timestamp() + interval '1 day'`,
    });
    return `lectern_session=${token.id}.${token.secret}`;
  }

  /** Names of fields that refer to something, with what there is. */
  async #look(): Promise<Known> {
    const { db, accessKeys } = this.#server;
    const few = 30;

    const courses = await db.select({ id: course.id, slug: course.slug }).from(course).limit(few);
    const runs = await db.select({ id: courseRun.id }).from(courseRun).limit(few);
    const bookings = await db
      .select({ id: booking.id, reference: booking.reference })
      .from(booking)
      .limit(few);
    const registrations = await db.select({ id: registration.id }).from(registration).limit(few);
    const entries = await db.select({ id: waitlistEntry.id }).from(waitlistEntry).limit(few);
    const people = await db.select({ id: person.id, email: person.email }).from(person).limit(few);
    const rooms = await db.select({ id: room.id }).from(room).limit(few);
    const venues = await db.select({ id: venue.id }).from(venue).limit(few);
    const instructors = await db.select({ id: instructor.id }).from(instructor).limit(few);
    const organisations = await db.select({ id: organisation.id }).from(organisation).limit(few);
    const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
    return new Map<string, readonly unknown[]>([
      ["id", [...ids(runs), ...ids(courses), ...ids(people), ...ids(organisations)]],
      ["runId", ids(runs)],
      ["toRunId", ids(runs)],
      ["courseId", ids(courses)],
      ["course", courses.map(({ slug }) => slug)],
      ["slug", courses.map(({ slug }) => slug)],
      ["reference", bookings.map(({ reference }) => reference)],
      ["accessKey", ids(bookings).map((id) => accessKeys.keyFor("booking", id))],
      ["registrationId", ids(registrations)],
      ["registrationIds", ids(registrations)],
      ["entryId", ids(entries)],
      ["personId", ids(people)],
      ["fromId", ids(people)],
      ["intoId", ids(people)],
      ["email", people.map(({ email }) => email)],
      ["roomId", ids(rooms)],
      ["venueId", ids(venues)],
      ["instructorIds", ids(instructors)],
      ["organisationId", ids(organisations)],
      ["version", [1, 2]],
      ["timeZone", ["Europe/Oslo", "UTC"]],
    ]);
  }
}
