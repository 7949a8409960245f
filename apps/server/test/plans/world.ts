import { type AttendedRun, createAttendedRun } from "@lectern/api/testing/attendance";
import {
  createTestCourse,
  createTestInstructor,
  createTestRoom,
  createTestRun,
  createTestVenue,
  testContext,
} from "@lectern/api/testing/factories";
import {
  createEnquiry,
  createPersonalBooking,
  createSentMail,
} from "@lectern/api/testing/personal-rows";
import { createSentQuote } from "@lectern/api/testing/quotes";
import { type Booked, createTestBooking, queueTestParty } from "@lectern/api/testing/registrations";
import { createReference } from "@lectern/api/features/bookings/reference";
import type { Actor } from "@lectern/auth/actor";
import { newApiToken } from "@lectern/auth/api-token";
import { hashOfSecret, newSplitToken } from "@lectern/auth/split-token";
import type { Database } from "@lectern/database/connect";
import type { CourseSnapshot } from "@lectern/contract/course-editing";
import { article } from "@lectern/database/schema/articles";
import { attendance, runMessage } from "@lectern/database/schema/attendance";
import { booking, runCapacity, runChoice, waitlistEntry } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import {
  course,
  courseRelated,
  courseTopic,
  courseTranslation,
  courseVersion,
  topic,
} from "@lectern/database/schema/catalogue";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import {
  apiToken,
  authSession,
  deviceGrant,
  externalIdentity,
  identityProvider,
  oneTimeToken,
  passkey,
  roleAssignment,
} from "@lectern/database/schema/people";
import { auditEntry } from "@lectern/database/schema/operations";
import { discountCode, discountUse } from "@lectern/database/schema/prices";
import { keyRotation, privacyRequest } from "@lectern/database/schema/privacy";
import { instructor, session, sessionInstructor } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { createPerson } from "../support/people.ts";

/**
 * An academy in which everything that a procedure may be asked for has parts, of which there can be more: a course has
 * runs, a run has sessions and bookings, somebody has bookings and devices. So it shows whether a procedure
 * sends more statements where there is more to tell.
 */

const HOUR = 3_600_000;
/** More than a pool has. */
const CONNECTIONS = 20;
/** So many related courses may one name. */
const RELATED_MAX = 12;

function inHours(hours: number): Date {
  return new Date(Date.now() + hours * HOUR);
}

function token(): { id: string; secretHash: Uint8Array } {
  const { id, secret } = newSplitToken();
  return { id, secretHash: hashOfSecret(secret) };
}

/** Of a course of which nothing is said. */
const SNAPSHOT: CourseSnapshot = {
  code: "A-1",
  slug: "a-course",
  title: "A course",
  summary: "",
  body: "",
  contentLanguage: "en",
  level: null,
  durationDays: null,
  prerequisites: [],
  outcomes: [],
  syllabus: [],
  keywords: [],
  deliveryModes: [],
  languages: [],
  topics: [],
  related: [],
  translations: [],
};

export class World {
  readonly db: Database;
  ownerId = "";
  readonly organisationId = uuidv7();
  readonly invitationId = uuidv7();
  readonly deviceCode = "BCDFGHJK";
  readonly rotationId = uuidv7();
  readonly article = "a-word-from-us";
  readonly articleId = uuidv7();
  readonly ownEntryIds: string[] = [];
  mailId = "";
  /** One that has a quote of each date. */
  enquiryId = "";
  quoteId = "";
  discountId = "";
  courseId = "";
  courseSlug = "";
  /** One that is changed, and that nothing else is about. */
  editedCourseId = "";
  runId = "";
  otherRunId = "";
  fullRunId = "";
  roomId = "";
  privateRunId = "";
  entryId = "";
  instructorIds: string[] = [];
  topicSlugs: string[] = [];
  tokenActor: Actor = { kind: "public" };
  #booked: Booked | undefined;
  #fresh: Booked | undefined;
  #attended: AttendedRun | undefined;
  #ownInstructorId = "";
  #size = 0;

  constructor(db: Database) {
    this.db = db;
  }

  /** How many parts everything has. */
  get size(): number {
    return this.#size;
  }

  /** A booking of as many places as the size is. */
  get booked(): Booked {
    if (this.#booked === undefined) throw new Error("The world has not begun");
    return this.#booked;
  }

  /** The same, made for one call alone: see `bookAnew`. */
  get fresh(): Booked {
    if (this.#fresh === undefined) throw new Error("Nobody has booked anew");
    return this.#fresh;
  }

  /** A run in progress, with places that nobody has marked yet: see `attendAnew`. */
  get attended(): AttendedRun {
    if (this.#attended === undefined) throw new Error("Nobody has come");
    return this.#attended;
  }

  /** Administrator, and manager of a company. */
  get owner(): Actor {
    return {
      kind: "person",
      id: this.ownerId,
      name: "Grace Hopper",
      email: "grace@example.com",
      grants: [
        { role: "administrator", scope: { kind: "everywhere" } },
        {
          role: "company_manager",
          scope: { kind: "organisation", organisationId: this.organisationId },
        },
      ],
      session: { id: "none", hasSecondFactor: true, confirmedAt: new Date() },
      needsSecondFactor: null,
    };
  }

  /** The same with the company alone. */
  get manager(): Actor {
    const { organisationId } = this;
    const grants = [
      { role: "company_manager", scope: { kind: "organisation", organisationId } },
    ] as const;
    const { owner } = this;
    return owner.kind === "person" ? { ...owner, grants } : owner;
  }

  async begin(): Promise<void> {
    const { db } = this;
    // Opens all connections: to open one takes round trips of its own.
    await Promise.all(
      Array.from({ length: CONNECTIONS }, () => db.execute(sql`SELECT pg_sleep(0.1)`)),
    );
    await db
      .insert(organisation)
      .values({ id: this.organisationId, name: "Fjord Analytics AS", country: "NO" });
    this.ownerId = (await createPerson({ db }, { email: "grace@example.com" })).id;
    for (const role of ["administrator", "company_manager"] as const) {
      const organisationId = role === "administrator" ? null : this.organisationId;
      await db
        .insert(roleAssignment)
        .values({ id: uuidv7(), personId: this.ownerId, role, organisationId });
    }
    const { id, slug } = await createTestCourse(db);
    [this.courseId, this.courseSlug] = [id, slug];
    this.editedCourseId = (await createTestCourse(db)).id;
    this.runId = (await createTestRun(db, { courseId: id, capacity: 50_000 })).id;
    this.otherRunId = (await createTestRun(db, { courseId: id, capacity: 50_000 })).id;
    this.fullRunId = (await createTestRun(db, { courseId: id, capacity: 1 })).id;
    await createTestBooking(db, this.fullRunId, 1);
    this.roomId = await createTestRoom(db);
    this.#ownInstructorId = await createTestInstructor(db);
    await db
      .update(instructor)
      .set({ personId: this.ownerId })
      .where(eq(instructor.id, this.#ownInstructorId));
    await this.#article(this.article, this.articleId);
    await db.insert(oneTimeToken).values(this.#invitation(this.invitationId));
    await db.insert(deviceGrant).values({
      id: uuidv7(),
      deviceCodeHash: Buffer.from("x"),
      userCode: this.deviceCode,
      permissions: ["bookings.read.any"],
      expiresAt: inHours(1),
    });
    await db
      .insert(keyRotation)
      .values({ id: this.rotationId, dataKeyId: 1, isDone: true, doneAt: new Date() });
    const { lookup, secretHash } = newApiToken();
    const tokenId = uuidv7();
    await db.insert(apiToken).values({
      id: tokenId,
      name: "Own",
      lookup,
      secretHash,
      personId: this.ownerId,
      permissions: ["bookings.read.any"],
      expiresAt: inHours(1),
    });
    this.tokenActor = {
      kind: "token",
      id: tokenId,
      personId: this.ownerId,
      grants: [{ role: "administrator", scope: { kind: "everywhere" } }],
      permissions: new Set(["bookings.read.any"]),
    };
  }

  /** Gives everything more parts. */
  async grow(by: number): Promise<void> {
    for (let count = 0; count < by; count += 1) await this.#growOne(this.#size + count);
    this.#size += by;
    this.#booked = await this.#book();
    for (const registrationId of this.booked.ids) {
      await this.db
        .insert(runChoice)
        .values({ id: uuidv7(), registrationId, kind: "run_rescheduled" });
      await this.db.insert(auditEntry).values({
        actorKind: "system",
        action: "registration.ask",
        entity: "registration",
        entityId: registrationId,
      });
      await createSentMail(this.db, { recipientEmail: "ada@example.com", aboutId: registrationId });
    }
  }

  /** Makes a booking that no call has changed. */
  async bookAnew(): Promise<void> {
    this.#fresh = await this.#book();
  }

  /** Makes a run in progress with as many places as the size is. */
  async attendAnew(): Promise<void> {
    this.#attended = await createAttendedRun(this.db, this.#size);
  }

  /** The same with each place marked. */
  async markAnew(): Promise<void> {
    await this.attendAnew();
    const [sessionId] = this.attended.sessionIds;
    await this.db.insert(attendance).values(
      this.attended.places.map((registrationId) => ({
        sessionId,
        registrationId,
        mark: "present" as const,
        markedAt: new Date(),
      })),
    );
  }

  async #book(): Promise<Booked> {
    const learners = Array.from({ length: this.#size }, () => `${uuidv7()}@example.com`);
    const booked = await createTestBooking(this.db, this.runId, learners.length, learners);
    await this.db
      .update(booking)
      .set({
        bookerId: this.ownerId,
        organisationId: this.organisationId,
        approverName: "Boss",
        approverEmail: "boss@example.com",
      })
      .where(eq(booking.reference, booked.reference));
    return booked;
  }

  async #growOne(number: number): Promise<void> {
    const { db, ownerId, organisationId, courseId } = this;
    const id = uuidv7();
    const name = `${number} ${id}`;
    const email = `${id}@example.com`;

    const slug = `topic-${id}`;
    await db.insert(topic).values({ id, slug, name });
    this.topicSlugs.push(slug);
    await db.insert(courseTopic).values({ courseId, topicId: id, position: number });
    const other = await createTestCourse(db);
    await db.insert(courseTopic).values({ courseId: other.id, topicId: id });
    if (number < RELATED_MAX)
      await db.insert(courseRelated).values({ courseId, relatedId: other.id, position: number });
    await db.update(course).set({ externalId: id }).where(eq(course.id, other.id));
    await this.#article(`article-${id}`);
    await this.#keepVersion(number + 1);

    const venueId = await createTestVenue(db);
    const instructorId = await createTestInstructor(db);
    this.instructorIds.push(instructorId);
    await createTestRoom(db, { venueId });
    const day = String(1 + (number % 28)).padStart(2, "0");
    const year = new Date().getUTCFullYear() + 2 + Math.floor(number / 28);
    const times = { localStart: `${year}-02-${day}T09:00`, localEnd: `${year}-02-${day}T17:00` };
    const run = await createTestRun(db, {
      courseId,
      ...times,
      values: { venueId, externalId: id },
    });
    await this.#sit(run, run.id, 1, instructorId);
    await this.#sit(run, this.runId, number + 1, instructorId);
    await this.#sit(run, run.id, 2, this.#ownInstructorId, true);
    await db.insert(runMessage).values({
      id,
      runId: this.runId,
      subject: name,
      body: name,
      recipients: 1,
      sentBy: ownerId,
    });
    const visibility = "private";
    const closed = await createTestRun(db, {
      courseId,
      ...times,
      values: { visibility, organisationId },
    });
    this.privateRunId = closed.id;
    await createTestRun(db, {
      courseId,
      ...times,
      values: { status: "tentative", minPlaces: 5, decisionAt: inHours(1) },
    });

    const own = { bookerId: ownerId, organisationId };
    const booked = await createPersonalBooking(db, this.runId, own, { learnerId: ownerId });
    await createPersonalBooking(db, run.id, own, { learnerId: ownerId });
    await db.insert(payment).values({
      id,
      bookingId: booked.id,
      reference: id,
      amount: 1,
      currency: "NOK",
      outcome: "late",
    });
    await db.insert(booking).values({
      id,
      reference: createReference(),
      runId: this.runId,
      status: "awaiting_approval",
      places: 1,
      bookerName: name,
      bookerEmail: email,
      organisationId,
      approverName: "Grace Hopper",
      approverEmail: "grace@example.com",
      expiresAt: inHours(24),
    });
    this.entryId = await queueTestParty(db, this.fullRunId, 1);
    await db
      .insert(waitlistEntry)
      .values({ id, runId: run.id, quantity: 1, name, email, personId: ownerId });
    await db
      .update(runCapacity)
      .set({ waiting: sql`${runCapacity.waiting} + 1` })
      .where(eq(runCapacity.runId, run.id));
    this.ownEntryIds.push(id);
    const offer = { offeredQuantity: 1, offeredAt: new Date(), offerExpiresAt: inHours(24) };
    await db.insert(waitlistEntry).values({
      id: uuidv7(),
      runId: run.id,
      status: "offered",
      quantity: 1,
      ...offer,
      name,
      email: `offered-${email}`,
    });

    this.mailId = await createSentMail(db, { recipientEmail: email });
    // Won already: what is quoted for it moves it nowhere.
    const asked = { kind: "contact" as const, status: "won" as const, message: "Hello" };
    const enquiryId = await createEnquiry(db, { ...asked, name, email });
    if (this.enquiryId === "") this.enquiryId = enquiryId;
    for (const about of new Set([this.enquiryId, enquiryId])) {
      const { id: quoteId } = await createSentQuote(db, run.id, { enquiryId: about });
      if (this.quoteId === "") this.quoteId = quoteId;
    }
    await db
      .insert(discountCode)
      .values({ id, code: `CODE-${id.slice(-12).toUpperCase()}`, kind: "percent", basisPoints: 1 });
    if (this.discountId === "") this.discountId = id;
    await db
      .insert(discountUse)
      .values({ id, discountCodeId: this.discountId, bookingId: booked.id });

    await db.insert(organisation).values({ id, name, country: "NO" });
    const domain = `d${id.slice(-12)}.example`;
    await db.insert(organisationDomain).values({ id, organisationId, domain, challenge: "x" });
    await createPerson({ db }, {}, [{ role: "learner", organisationId }]);
    await db.insert(roleAssignment).values({
      id,
      personId: ownerId,
      role: "company_booker",
      organisationId: id,
    });
    await db.insert(oneTimeToken).values(this.#invitation(id));

    const ends = { expiresAt: inHours(1), endsAt: inHours(1) };
    await db
      .insert(authSession)
      .values({ ...token(), personId: ownerId, method: "password", ...ends });
    const { lookup, secretHash } = newApiToken();
    await db.insert(apiToken).values({
      id,
      name,
      lookup,
      secretHash,
      personId: ownerId,
      permissions: ["bookings.read.any"],
      expiresAt: inHours(1),
    });
    await db.insert(passkey).values({
      id,
      personId: ownerId,
      name,
      credentialId: id,
      publicKey: Buffer.from("x"),
      counter: 0,
      transports: [],
      isBackedUp: false,
    });
    await db.insert(identityProvider).values({
      id,
      slug: `provider-${id}`,
      name,
      issuer: "https://id.example",
      clientId: "x",
      clientSecret: await testContext(db).fields.encrypt(
        { table: "identity_provider", column: "client_secret", id },
        "x",
      ),
    });
    await db
      .insert(externalIdentity)
      .values({ id, providerId: id, subject: id, personId: ownerId });
    await db
      .insert(privacyRequest)
      .values({ id, kind: "export", state: "withdrawn", personId: ownerId });
  }

  /** Without changing the course: how many there are is all that counts. */
  async #keepVersion(version: number): Promise<void> {
    const { editedCourseId: courseId, ownerId: savedById } = this;
    const language = `x${version.toString(26).replaceAll(/\d/gu, "z")}`.slice(0, 3);
    const translated = { title: "A course", summary: "", body: "", outcomes: ["Something"] };
    await this.db
      .insert(courseTranslation)
      .values({ courseId, language, ...translated, sourceVersion: version })
      .onConflictDoNothing();
    await this.db.insert(courseVersion).values({
      courseId,
      version,
      action: "update",
      status: "published",
      snapshot: SNAPSHOT,
      savedByKind: "person",
      savedById,
    });
  }

  async #article(slug: string, id = uuidv7()): Promise<void> {
    const text = { title: "A word", summary: "A word", body: "A word", author: "Ada" };
    const publishedAt = new Date();
    await this.db.insert(article).values({ id, slug, ...text, status: "published", publishedAt });
  }

  async #sit(
    times: Pick<
      typeof session.$inferSelect,
      "timeZone" | "localStart" | "localEnd" | "startsAt" | "endsAt"
    >,
    runId: string,
    position: number,
    instructorId: string,
    // Not active: its instructor may be in two places at once.
    isActive = false,
  ): Promise<void> {
    const { timeZone, localStart, localEnd, startsAt, endsAt } = times;
    const id = uuidv7();
    const when = { startsAt, endsAt, isActive };
    await this.db
      .insert(session)
      .values({ id, runId, position, timeZone, localStart, localEnd, ...when });
    await this.db.insert(sessionInstructor).values({ sessionId: id, instructorId, ...when });
  }

  #invitation(id: string): typeof oneTimeToken.$inferInsert {
    return {
      id,
      kind: "invitation",
      email: `${id}@example.com`,
      data: {
        name: "Ada",
        role: "learner",
        organisationId: this.organisationId,
        inviterId: null,
        language: null,
        country: null,
      },
      expiresAt: inHours(24),
    };
  }
}
