import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { OPERATOR_CALL, createTestVenue } from "../../testing/factories.ts";
import { letOfferLapse } from "../../testing/lapse.ts";
import { apiAs, apiOf, createTestOrganisation, signInAt } from "../../testing/organisations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { answersOf, createFullRun, joinedBy } from "../../testing/waiting.ts";

const database = useTestDatabase();

const NEXT_YEAR = new Date().getUTCFullYear() + 1;

function staff() {
  return apiAs(database().db, OPERATOR_CALL.actor);
}

describe("offers that stand", () => {
  it("are listed by when they lapse, and not once they were answered or are over", async () => {
    const { db } = database();
    const runs = [
      await createFullRun(db, [1, 1], { values: { offerMinutes: 600 } }),
      await createFullRun(db, [1], { values: { offerMinutes: 60 } }),
      await createFullRun(db, [1], { values: { offerMinutes: 300 } }),
    ];
    const entries: Awaited<ReturnType<typeof joinedBy>>[] = [];
    for (const run of runs) {
      entries.push(await joinedBy(db, run.id, { company: "Fjord" }));
      await run.free();
    }
    const waiting = await joinedBy(db, runs[0]?.id ?? "");
    const offered = async () => {
      const { items, total } = await staff().waitlist.offers({ limit: 100 });
      expect(total).toBe(items.length);
      return items.map(({ entryId }) => entryId);
    };
    const [long, short, middle] = entries;
    expect(await offered()).toEqual([short?.entryId, middle?.entryId, long?.entryId]);
    const first = await staff().waitlist.offers({ limit: 1 });
    expect(first.items).toMatchObject([
      { entryId: short?.entryId, quantity: 1, company: "Fjord", run: { id: runs[1]?.id } },
    ]);
    const second = await staff().waitlist.offers({ limit: 1, cursor: first.nextCursor });
    expect(second.items.map(({ entryId }) => entryId)).toEqual([middle?.entryId]);

    if (short !== undefined) await letOfferLapse(db, short.entryId);
    if (middle !== undefined) await answersOf(db).decline(middle);
    expect(await offered()).toEqual([long?.entryId]);
    await runs[0]?.free();
    expect(await offered()).toContain(waiting.entryId);
  });
});

describe("runs that people wait for", () => {
  it("are listed by when they begin, with who waits, and not once they are served or nobody can come", async () => {
    const { db } = database();
    const later = await createFullRun(db, [1, 1, 1], {
      localStart: `${NEXT_YEAR}-08-01T09:00`,
      localEnd: `${NEXT_YEAR}-08-01T17:00`,
    });
    const sooner = await createFullRun(db, [1]);
    const over = await createFullRun(db, [1]);
    const first = await joinedBy(db, later.id, { quantity: 2 });
    await joinedBy(db, later.id, { quantity: 1 });
    const only = await joinedBy(db, sooner.id);
    const left = await joinedBy(db, over.id);
    await answersOf(db).withdraw(left);
    const { items, total } = await staff().waitlist.demand({ limit: 100 });
    expect(items.map(({ run, parties, places }) => ({ id: run.id, parties, places }))).toEqual([
      { id: sooner.id, parties: 1, places: 1 },
      { id: later.id, parties: 2, places: 3 },
    ]);
    expect(total).toBe(2);
    expect(items[1]?.waitingSince).toBeDefined();
    const page = await staff().waitlist.demand({ limit: 1 });
    const next = await staff().waitlist.demand({ limit: 1, cursor: page.nextCursor });
    expect([page, next].map(({ items: [item] }) => item?.run.id)).toEqual([sooner.id, later.id]);

    await answersOf(db).withdraw(only);
    await answersOf(db).withdraw(first);
    const { items: fewer } = await staff().waitlist.demand({ limit: 100 });
    expect(fewer.map(({ run, places }) => [run.id, places])).toEqual([[later.id, 1]]);
  });
});

describe("both", () => {
  it("are those of one's own country, and none of a company's", async () => {
    const { db } = database();
    const organisationId = await createTestOrganisation(db);
    const own: string[] = [];
    for (const country of ["NO", "SE"]) {
      const venueId = await createTestVenue(db, { country });
      const run = await createFullRun(db, [1], { values: { venueId, deliveryMode: "classroom" } });
      await joinedBy(db, run.id);
      await joinedBy(db, run.id);
      await run.free();
      if (country === "NO") own.push(run.id);
      // Others wait for it as well: whom the run is for has no business with them.
      await db
        .update(courseRun)
        .set({ visibility: "private", organisationId })
        .where(eq(courseRun.id, run.id));
    }
    const seller = await apiOf(db, await signIn(db, { role: "sales", country: "NO" }));
    const company = await apiOf(db, await signInAt(db, organisationId, "company_manager"));
    for (const list of ["offers", "demand"] as const) {
      const { items, total } = await seller.waitlist[list]({ limit: 100 });
      expect(items.map(({ run }) => run.id)).toEqual(own);
      expect(total).toBe(1);
      expect(await company.waitlist[list]({ limit: 100 })).toMatchObject({ items: [], total: 0 });
    }
  });
});
