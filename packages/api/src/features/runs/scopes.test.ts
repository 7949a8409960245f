import { booking, seatAllocation } from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import {
  createTestCourse,
  createTestInstructor,
  createTestRoom,
  createTestRun,
  createTestVenue,
  newKey,
} from "../../testing/factories.ts";
import {
  apiAs,
  apiOf,
  createTestOrganisation,
  letTeach,
  signInAsInstructor,
} from "../../testing/organisations.ts";
import { createTestBooking, newLearner, queueTestParty } from "../../testing/registrations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { refusalOfCall } from "../../testing/test-browser.ts";

const database = useTestDatabase();
type Api = ReturnType<typeof apiAs>;

const NEXT_YEAR = new Date().getUTCFullYear() + 1;
const PATTERN = {
  from: `${NEXT_YEAR}-05-10`,
  sessions: 2,
  start: "09:00",
  end: "17:00",
} as const;

/** A run in each of two countries, and one that is in none. */
async function createRuns(values: Parameters<typeof createTestRun>[1] = {}) {
  const { db } = database();
  const at = async (country: string) => {
    const venueId = await createTestVenue(db, { country });
    const run = await createTestRun(db, {
      ...values,
      values: { deliveryMode: "classroom", venueId, ...values.values },
    });
    return { ...run, venueId };
  };
  return {
    norwegian: await at("NO"),
    swedish: await at("SE"),
    virtual: await createTestRun(db, values),
  };
}

/** A seller for Norway. */
async function seller(): Promise<Api> {
  const { db } = database();
  return apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
}

/** What staff can do with a run, each with a fresh key. */
function workOn(api: Api, id: string) {
  const keyed = { id, idempotencyKey: newKey() };
  const versioned = { ...keyed, version: 1 };
  return {
    prices: () => api.prices.byRun({ runId: id }),
    ledger: () => api.runs.ledger({ id }),
    roster: () => api.runs.roster({ id }),
    waitlist: () => api.waitlist.list({ runId: id }),
    setPrices: () =>
      api.prices.set({
        runId: id,
        version: 1,
        price: { amount: 100_00, currency: "NOK" },
        taxCategory: "standard",
        rules: { earlyBird: [], volume: [] },
        regions: [],
        idempotencyKey: newKey(),
      }),
    capacity: () => api.runs.changeCapacity({ ...keyed, capacity: 12, reason: "Chairs" }),
    block: () => api.runs.blockPlaces({ ...keyed, quantity: 1, reason: "Guests" }),
    confirm: () => api.runs.confirm(versioned),
    reschedule: () =>
      api.runs.reschedule({ ...versioned, pattern: PATTERN, reason: "The room is taken" }),
    cancel: () => api.runs.cancel({ ...versioned, reason: "Too few" }),
    organisation: () => api.runs.setOrganisation({ ...versioned, organisationId: null }),
    invitation: () => api.runs.invitation({ id }),
  };
}

describe("staff of one country", () => {
  it("find no run elsewhere, nor one that is in no country, whatever they want to do with it", async () => {
    const { swedish, virtual } = await createRuns({ values: { status: "tentative" } });
    const api = await seller();
    for (const id of [swedish.id, virtual.id, uuidv7()]) {
      for (const [name, work] of Object.entries(workOn(api, id))) {
        expect([name, await refusalOfCall(work())]).toEqual([
          name,
          { code: "NotFound", data: { entity: "run", id } },
        ]);
      }
    }
  });

  it("do with runs of theirs what staff can do", async () => {
    const api = await seller();
    for (const name of [
      "prices",
      "ledger",
      "roster",
      "waitlist",
      "capacity",
      "block",
      "confirm",
      "setPrices",
      "reschedule",
      "cancel",
    ] as const) {
      const { norwegian } = await createRuns({ values: { status: "tentative" } });
      await expect(workOn(api, norwegian.id)[name]()).resolves.toBeDefined();
    }
    const { norwegian } = await createRuns({ values: { visibility: "private" } });
    const { organisation, invitation } = workOn(api, norwegian.id);
    await expect(organisation()).resolves.toMatchObject({ id: norwegian.id });
    await expect(invitation()).resolves.toMatchObject({ id: norwegian.id });
  });

  it("give back places that are blocked on their runs, and on no others", async () => {
    const { db } = database();
    const { norwegian, swedish } = await createRuns();
    const everywhere = await apiOf(db, await signIn(db, { role: "sales" }));
    const api = await seller();
    const theirs = await workOn(everywhere, norwegian.id).block();
    const others = await workOn(everywhere, swedish.id).block();
    const unblock = ({ allocationId }: { allocationId: string }) =>
      api.runs.unblockPlaces({ allocationId, idempotencyKey: newKey() });
    expect((await unblock(theirs)).placesLeft).toBe(10);
    expect(await refusalOfCall(unblock(others))).toEqual({
      code: "NotFound",
      data: { entity: "allocation", id: others.allocationId },
    });
    const [row] = await db
      .select({ state: seatAllocation.state })
      .from(seatAllocation)
      .where(eq(seatAllocation.id, others.allocationId));
    expect(row?.state).toBe("active");
  });

  it("schedule at venues of their country alone, and nothing without a venue", async () => {
    const { db } = database();
    const [norwegian, swedish] = [
      await createTestVenue(db, { country: "NO" }),
      await createTestVenue(db, { country: "SE" }),
    ];
    const swedishRoom = await createTestRoom(db, { venueId: swedish });
    const virtualRoom = await createTestRoom(db);
    const { id: courseId } = await createTestCourse(db);
    const api = await seller();
    const schedule = (where: object) =>
      api.runs.schedule({
        courseId,
        deliveryMode: "blended",
        instructorIds: [],
        timeZone: "Europe/Oslo",
        language: "en",
        pattern: PATTERN,
        capacity: 8,
        price: null,
        ...where,
        idempotencyKey: newKey(),
      });
    const made = await schedule({ venueId: norwegian });
    expect(made.sessions).toBe(2);
    expect(await refusalOfCall(schedule({ venueId: swedish }))).toEqual({
      code: "NotFound",
      data: { entity: "venue", id: swedish },
    });
    expect(await refusalOfCall(schedule({ roomId: swedishRoom }))).toEqual({
      code: "NotFound",
      data: { entity: "room", id: swedishRoom },
    });
    for (const where of [{}, { roomId: virtualRoom }, { deliveryMode: "virtual" as const }]) {
      expect(await refusalOfCall(schedule(where))).toEqual({
        code: "Forbidden",
        data: { permission: "runs.write" },
      });
    }
    const everywhere = await apiOf(db, await signIn(db, { role: "sales" }));
    await everywhere.runs.schedule({
      courseId,
      deliveryMode: "virtual",
      roomId: virtualRoom,
      timeZone: "Europe/Oslo",
      language: "en",
      pattern: PATTERN,
      capacity: 8,
      price: null,
      idempotencyKey: newKey(),
    });
    // Nor do they move a date of theirs out of their country.
    const move = { id: made.id, version: 1, pattern: PATTERN, reason: "Elsewhere" };
    for (const where of [{ venueId: swedish }, { roomId: swedishRoom }]) {
      const moved = api.runs.reschedule({ ...move, ...where, idempotencyKey: newKey() });
      expect((await refusalOfCall(moved)).code).toBe("NotFound");
    }
    const out = api.runs.reschedule({ ...move, roomId: virtualRoom, idempotencyKey: newKey() });
    expect((await refusalOfCall(out)).code).toBe("Forbidden");
  });

  it("schedule private dates for companies, and public ones for nobody", async () => {
    const { db } = database();
    const venueId = await createTestVenue(db, { country: "NO" });
    const organisationId = await createTestOrganisation(db);
    const archived = await createTestOrganisation(db, { archivedAt: new Date() });
    const { id: courseId } = await createTestCourse(db);
    const api = await seller();
    const schedule = (more: object) =>
      api.runs.schedule({
        courseId,
        deliveryMode: "classroom",
        venueId,
        timeZone: "Europe/Oslo",
        language: "en",
        pattern: PATTERN,
        capacity: 8,
        price: null,
        ...more,
        idempotencyKey: newKey(),
      });
    await schedule({ visibility: "private", organisationId });
    expect((await refusalOfCall(schedule({ organisationId }))).code).toBe("Invalid");
    expect(
      await refusalOfCall(schedule({ visibility: "private", organisationId: uuidv7() })),
    ).toMatchObject({ code: "NotFound", data: { entity: "organisation" } });
    expect(
      (await refusalOfCall(schedule({ visibility: "private", organisationId: archived }))).code,
    ).toBe("Conflict");
  });

  it("are offered the venues of their country, and no virtual room", async () => {
    const { db } = database();
    const [norwegian, swedish] = [
      await createTestVenue(db, { country: "NO" }),
      await createTestVenue(db, { country: "SE" }),
    ];
    const virtualRoom = await createTestRoom(db);
    const instructorId = await createTestInstructor(db);
    const options = await (await seller()).runs.options();
    const ids = options.venues.map(({ id }) => id);
    expect(ids).toContain(norwegian);
    expect(ids).not.toContain(swedish);
    expect(new Set(options.venues.map(({ country }) => country))).toEqual(new Set(["NO"]));
    expect(options.virtualRooms).toEqual([]);
    expect(options.instructors.map(({ id }) => id)).toContain(instructorId);
    const everywhere = await apiOf(db, await signIn(db, { role: "sales" }));
    const all = await everywhere.runs.options();
    expect(all.venues.map(({ id }) => id)).toEqual(expect.arrayContaining([norwegian, swedish]));
    expect(all.virtualRooms.map(({ id }) => id)).toContain(virtualRoom);
  });

  it("see what is undecided, and which money came too late, of their country", async () => {
    const { db } = database();
    const undecided = {
      status: "tentative",
      decisionAt: new Date(Date.now() + 3_600_000),
    } as const;
    const { norwegian, swedish, virtual } = await createRuns({ values: undecided });
    const ids: string[] = [];
    for (const run of [norwegian, swedish, virtual]) {
      const made = await createTestBooking(db, run.id, 1);
      const [row] = await db
        .select({ id: booking.id })
        .from(booking)
        .where(eq(booking.reference, made.reference));
      const id = uuidv7();
      ids.push(id);
      await db.insert(payment).values({
        id,
        bookingId: row?.id ?? "",
        reference: newKey(),
        amount: 100,
        currency: "NOK",
        outcome: "late",
      });
    }
    const api = await seller();
    const found = await api.runs.undecided({ limit: 100 });
    expect(found.items.map(({ run }) => run.id)).toContain(norwegian.id);
    expect(found.items.map(({ run }) => run.venue?.country)).toEqual(found.items.map(() => "NO"));
    expect(found.total).toBe(found.items.length);
    const late = await api.bookings.latePayments({ limit: 100 });
    expect(late.items.map(({ id }) => id)).toEqual([ids[0]]);
    expect(late.total).toBe(1);
    const everywhere = await apiOf(db, await signIn(db, { role: "sales" }));
    const all = await everywhere.bookings.latePayments({ limit: 100 });
    expect(all.items.map(({ id }) => id)).toEqual(ids);
    const listed = await api.bookings.list({ limit: 100 });
    const theirs = listed.items.filter(({ runId }) =>
      [norwegian.id, swedish.id, virtual.id].includes(runId),
    );
    expect(theirs.map(({ runId }) => runId)).toEqual([norwegian.id]);
  });
});

describe("an instructor", () => {
  it("sees the runs that they teach, and no others", async () => {
    const { db } = database();
    const [one, other] = [await signInAsInstructor(db), await signInAsInstructor(db)];
    const [own, shared, theirs] = [
      await createTestRun(db),
      await createTestRun(db),
      await createTestRun(db),
    ];
    await letTeach(db, own, [one.instructorId]);
    await letTeach(
      db,
      { ...shared, startsAt: later(shared.startsAt), endsAt: later(shared.endsAt) },
      [one.instructorId, other.instructorId],
    );
    await letTeach(db, theirs, [other.instructorId]);
    const bookings = [
      await createTestBooking(db, own.id, 1),
      await createTestBooking(db, shared.id, 1),
      await createTestBooking(db, theirs.id, 1),
    ];
    const api = await apiOf(db, one);
    const readsOf = (runId: string) => {
      const { prices, roster } = workOn(api, runId);
      return [prices, roster];
    };
    for (const { id } of [own, shared]) {
      for (const read of readsOf(id)) await expect(read()).resolves.toBeDefined();
    }
    for (const read of readsOf(theirs.id)) {
      expect((await refusalOfCall(read())).code).toBe("NotFound");
    }
    // Who comes is theirs to know, and not what stands in the bookings.
    expect((await refusalOfCall(api.bookings.list({ limit: 100 }))).code).toBe("Forbidden");
    for (const { reference } of bookings) {
      expect((await refusalOfCall(api.bookings.byReference({ reference }))).code).toBe("NotFound");
      const cancel = api.bookings.cancel({ reference, idempotencyKey: newKey() });
      expect((await refusalOfCall(cancel)).code).toBe("NotFound");
    }
    for (const { id } of [own, shared, theirs]) {
      const { cancel, capacity, block, setPrices, invitation, ledger, waitlist } = workOn(api, id);
      for (const write of [cancel, capacity, block, setPrices, invitation, ledger, waitlist]) {
        expect((await refusalOfCall(write())).code).toBe("Forbidden");
      }
    }
  });

  it("does not book a private date because they teach it", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const run = await createTestRun(db, { values: { visibility: "private" } });
    await letTeach(db, run, [who.instructorId]);
    const hold = { runId: run.id, places: 1, idempotencyKey: newKey() };
    const refusal = await refusalOfCall((await apiOf(db, who)).bookings.hold(hold));
    expect(refusal).toMatchObject({ code: "NotBookable", data: { reason: "private" } });
  });

  function later(time: Date): Date {
    return new Date(time.getTime() + 30 * 86_400_000);
  }
});

describe("the roster of a run", () => {
  it("is who comes, by name, a page at a time; unnamed places last, holds not at all", async () => {
    const { db } = database();
    const who = await signInAsInstructor(db);
    const run = await createTestRun(db, { capacity: 20 });
    await letTeach(db, run, [who.instructorId]);
    const api = await apiOf(db, who);
    const names = ["åse", "Bo", "ada", "Ada"];
    const made = await createTestBooking(db, run.id, 5, names.map(newLearner));
    for (const [index, name] of names.entries()) {
      const [id, email] = [made.ids[index] ?? "", made.detail.registrations[index]?.learner?.email];
      await apiAs(db).registrations.substitute({
        reference: made.reference,
        accessKey: made.accessKey,
        registrationId: id,
        learner: { name, email: email ?? "", timeZone: "Europe/Oslo" },
        idempotencyKey: newKey(),
      });
    }
    await apiAs(db).bookings.hold({ runId: run.id, places: 2, idempotencyKey: newKey() });
    const gone = await createTestBooking(db, run.id, 1, [newLearner()]);
    await apiAs(db).bookings.cancel({
      reference: gone.reference,
      accessKey: gone.accessKey,
      idempotencyKey: newKey(),
    });
    const seen: (string | null)[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.runs.roster>> = await api.runs.roster({
        id: run.id,
        limit: 2,
        cursor,
      });
      expect(page).toMatchObject({ total: 5, run: { id: run.id } });
      for (const item of page.items) {
        expect(item).toMatchObject({
          status: "confirmed",
          reference: made.reference,
          booker: { name: "Ingrid Berg", company: "Fjordkraft" },
        });
        seen.push(item.learner?.name ?? null);
      }
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toHaveLength(5);
    expect(seen.at(-1)).toBeNull();
    expect(new Set(seen.slice(0, 2))).toEqual(new Set(["Ada", "ada"]));
    expect(new Set(seen)).toEqual(new Set([...names, null]));
    expect((await refusalOfCall(api.runs.roster({ id: run.id, cursor: "WyJhIl0" }))).code).toBe(
      "Invalid",
    );
  });

  it("is empty where only a queue is", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    await queueTestParty(db, run.id, 1);
    const everywhere = await apiOf(db, await signIn(db, { role: "finance" }));
    expect(await everywhere.runs.roster({ id: run.id })).toMatchObject({ items: [], total: 0 });
  });
});
