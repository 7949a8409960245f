import { blockPlaces } from "@lectern/api/features/runs/block-places";
import { OPERATOR_CALL, createTestCourse, createTestRun } from "@lectern/api/testing/factories";
import { createTestBooking } from "@lectern/api/testing/registrations";
import {
  booking,
  registration,
  runCapacity,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { organisation, organisationDomain } from "@lectern/database/schema/organisations";
import { oneTimeToken } from "@lectern/database/schema/people";
import {
  type courseRun,
  instructor,
  room,
  session,
  sessionInstructor,
  venue,
} from "@lectern/database/schema/scheduling";
import { eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { createPerson } from "../support/people.ts";
import type { Served } from "../support/serve.ts";

/**
 * Twice the same academy: in Norway, taught by the instructor, with the organisation that callers are in;
 * and in Britain, where nothing is theirs.
 */
export type Side = "own" | "other";

export interface Place {
  readonly country: string;
  readonly venueId: string;
  readonly roomId: string;
  readonly instructorId: string;
  readonly organisationId: string;
  readonly runId: string;
  /** Of that run. */
  readonly sessionId: string;
  /** A run without free places, for whoever waits. */
  readonly fullRunId: string;
  /** A private run that is near, whose session has no room. */
  readonly roomlessRunId: string;
  readonly courseId: string;
}

/** What is made for one call alone, so that what one changes no other finds changed. */
export type Part =
  | "late payment"
  | "booking"
  | "seat"
  | "entry"
  | "offer"
  | "block"
  | "domain"
  | "member"
  | "invitation";

/** A side, with the parts that were asked for: of the others there are ids of nothing. */
export interface Subject extends Place {
  readonly side: Side;
  readonly reference: string;
  readonly accessKey: string;
  readonly registrationId: string;
  /** A run of its own, with a place that is somebody's as its learner. */
  readonly seatRunId: string;
  readonly entryId: string;
  readonly waitlistKey: string;
  readonly approvalKey: string;
  readonly domainId: string;
  readonly memberId: string;
  readonly invitationId: string;
  readonly blockId: string;
}

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

export class World {
  readonly #server: Served;
  readonly organisations = { own: uuidv7(), other: uuidv7() };
  #late = Date.UTC(2026, 0, 1);
  #lapsing = Date.now() + 1e9;
  readonly #places = new Map<Side, Place>();

  constructor(server: Served) {
    this.#server = server;
  }

  async begin(): Promise<void> {
    await this.#make("own", "NO");
    await this.#make("other", "GB");
  }

  place(side: Side): Place {
    const place = this.#places.get(side);
    if (place === undefined) throw new Error("The world has not begun");
    return place;
  }

  /** Makes somebody the instructor of the own side. */
  async teach(personId: string): Promise<void> {
    await this.#server.db
      .update(instructor)
      .set({ personId })
      .where(eq(instructor.id, this.place("own").instructorId));
  }

  async #make(side: Side, country: string): Promise<void> {
    const { db } = this.#server;
    const [venueId, roomId, instructorId] = [uuidv7(), uuidv7(), uuidv7()];
    const organisationId = this.organisations[side];
    await db.insert(organisation).values({ id: organisationId, name: `Company ${side}`, country });
    await db
      .insert(venue)
      .values({ id: venueId, name: venueId, city: country, country, timeZone: "Europe/Oslo" });
    await db
      .insert(room)
      .values({ id: roomId, venueId, kind: "physical", name: "A", capacity: 900 });
    await db.insert(instructor).values({ id: instructorId, slug: instructorId, name: "Aud Lie" });
    const { id: courseId } = await createTestCourse(db);
    const runOf = async (
      capacity: number,
      values: Partial<typeof courseRun.$inferInsert>,
      near?: { localStart: string; localEnd: string },
    ) => {
      const run = await createTestRun(db, {
        courseId,
        capacity,
        ...near,
        values: { venueId, deliveryMode: "classroom", placesPerBooker: 900, ...values },
      });
      const sessionId = uuidv7();
      const { timeZone, localStart, localEnd, startsAt, endsAt } = run;
      // Not active: its instructor may be in two places at once.
      const when = { startsAt, endsAt, isActive: near !== undefined };
      await db.insert(session).values({
        id: sessionId,
        runId: run.id,
        position: 1,
        timeZone,
        localStart,
        localEnd,
        ...when,
      });
      await db.insert(sessionInstructor).values({ sessionId, instructorId, ...when });
      return { runId: run.id, sessionId };
    };
    const { runId, sessionId } = await runOf(50_000, {
      status: "tentative",
      minPlaces: 40_000,
      decisionAt: new Date(Date.now() + 3_600_000),
    });
    const { runId: fullRunId } = await runOf(1, {});
    await this.#block(fullRunId);
    const soon = Temporal.Now.plainDateISO("UTC").add({ days: 3 }).toString();
    const near = { localStart: `${soon}T09:00`, localEnd: `${soon}T17:00` };
    const { runId: roomlessRunId } = await runOf(5, { visibility: "private" }, near);
    this.#places.set(side, {
      country,
      venueId,
      roomId,
      instructorId,
      organisationId,
      runId,
      sessionId,
      fullRunId,
      roomlessRunId,
      courseId,
    });
  }

  /** @returns the id of a run where and by whom those of a side are taught, with a place for this learner */
  async #seat(place: Place, learnerId: string | null): Promise<string> {
    const { db } = this.#server;
    const { courseId, venueId, instructorId } = place;
    const run = await createTestRun(db, {
      courseId,
      values: { venueId, deliveryMode: "classroom" },
    });
    const sessionId = uuidv7();
    const { timeZone, localStart, localEnd, startsAt, endsAt } = run;
    const when = { startsAt, endsAt, isActive: false };
    await db.insert(session).values({
      id: sessionId,
      runId: run.id,
      position: 1,
      timeZone,
      localStart,
      localEnd,
      ...when,
    });
    await db.insert(sessionInstructor).values({ sessionId, instructorId, ...when });
    const { ids } = await createTestBooking(db, run.id, 1, [`${sessionId}@example.com`]);
    await db
      .update(registration)
      .set({ learnerId })
      .where(inArray(registration.id, [...ids]));
    return run.id;
  }

  async #block(runId: string): Promise<string> {
    const idempotencyKey = crypto.randomUUID();
    const wanted = { id: runId, quantity: 1, reason: "x", idempotencyKey };
    return (await blockPlaces(this.#server.db, OPERATOR_CALL, wanted)).allocationId;
  }

  /**
   * @param ownerId whose booking and place in the queue it is, if it is somebody's
   * @returns things of one side that no other call has seen
   */
  async subject(side: Side, ownerId: string | null, parts: readonly Part[]): Promise<Subject> {
    const { db, accessKeys } = this.#server;
    const place = this.place(side);
    const { organisationId, runId, fullRunId } = place;
    const ids = { registrationId: uuidv7(), entryId: uuidv7(), domainId: uuidv7() };
    let subject: Subject = {
      ...place,
      ...ids,
      side,
      reference: "LC-0000-0000",
      accessKey: "",
      approvalKey: "",
      waitlistKey: accessKeys.keyFor("waitlist", ids.entryId),
      memberId: uuidv7(),
      invitationId: uuidv7(),
      blockId: uuidv7(),
      seatRunId: uuidv7(),
    };
    if (parts.includes("seat")) {
      subject = { ...subject, seatRunId: await this.#seat(place, ownerId) };
    }
    if (parts.includes("booking")) {
      const { reference, ids: registrations } = await createTestBooking(db, runId, 1);
      const [row] = await db
        .update(booking)
        .set({
          organisationId,
          bookerId: ownerId,
          approverName: "Boss",
          approverEmail: "boss@example.com",
        })
        .where(eq(booking.reference, reference))
        .returning({ id: booking.id });
      if (row === undefined) throw new Error("The booking is not there");
      const approvalKey = accessKeys.keyFor("approval", row.id);
      if (parts.includes("late payment")) {
        await db.insert(payment).values({
          id: uuidv7(),
          bookingId: row.id,
          reference: uuidv7(),
          amount: 1,
          currency: "NOK",
          outcome: "late",
          // Before those of others: a page of the oldest shows it.
          receivedAt: new Date(this.#late--),
        });
      }
      const [registrationId = ""] = registrations;
      const accessKey = accessKeys.keyFor("booking", row.id);
      subject = { ...subject, reference, accessKey, registrationId, approvalKey };
    }
    if (parts.includes("offer")) {
      const { entryId } = ids;
      await db.insert(waitlistEntry).values({
        id: entryId,
        runId: fullRunId,
        status: "offered",
        quantity: 1,
        offeredQuantity: 1,
        offeredAt: new Date(),
        // Before those of others: a page of those that lapse first shows it.
        offerExpiresAt: new Date(this.#lapsing--),
        name: "Ada",
        email: `${entryId}@example.com`,
        personId: ownerId,
      });
    }
    if (parts.includes("entry")) {
      const { entryId } = ids;
      const email = `${entryId}@example.com`;
      await db.insert(waitlistEntry).values({
        id: entryId,
        runId: fullRunId,
        quantity: 1,
        name: "Ada",
        email,
        personId: ownerId,
      });
      await db
        .update(runCapacity)
        .set({ waiting: sql`${runCapacity.waiting} + 1` })
        .where(eq(runCapacity.runId, fullRunId));
    }
    if (parts.includes("block")) subject = { ...subject, blockId: await this.#block(runId) };
    if (parts.includes("domain")) {
      const { domainId } = ids;
      const domain = `d${domainId.slice(-12)}.example`;
      await db
        .insert(organisationDomain)
        .values({ id: domainId, organisationId, domain, challenge: "x" });
    }
    if (parts.includes("member")) {
      const { id } = await createPerson(this.#server, {}, [{ role: "learner", organisationId }]);
      subject = { ...subject, memberId: id };
    }
    if (parts.includes("invitation")) {
      const data = {
        name: "Ada",
        role: "learner",
        organisationId,
        inviterId: null,
        language: null,
      };
      await db.insert(oneTimeToken).values({
        id: subject.invitationId,
        kind: "invitation",
        email: "invited@example.com",
        data: { ...data, country: null },
        expiresAt: new Date(Date.now() + 1e9),
      });
    }
    return subject;
  }
}

/** A year in which no run of the world is. */
export const FREE_YEAR = NEXT_YEAR + 5;
