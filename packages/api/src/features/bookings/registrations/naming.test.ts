import type { ClaimLink } from "@lectern/contract/registrations";
import {
  booking,
  registration,
  registrationChange,
  runCapacity,
} from "@lectern/database/schema/bookings";
import { auditEntry } from "@lectern/database/schema/operations";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, inArray, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { OPERATOR_CALL, createTestRun, newKey, testCall } from "../../../testing/factories.ts";
import { keptAnswers } from "../../../testing/kept-answers.ts";
import { queuedMails } from "../../../testing/queued-mails.ts";
import { refusalOf } from "../../../testing/refusal.ts";
import {
  type Booked,
  createTestBooking,
  holdTestPlaces,
  newLearner,
  outcomesOf,
  seatsOf,
  wellWith,
} from "../../../testing/registrations.ts";
import { cancelBooking } from "../cancel-booking.ts";
import { findBooking } from "../find-booking.ts";
import { cancelRegistrations } from "./cancel-registrations.ts";
import { claimPlace } from "./claim-place.ts";
import { createClaimLink } from "./create-claim-link.ts";
import { findClaim } from "./find-claim.ts";
import { substituteLearner } from "./substitute-learner.ts";
import { transferRegistrations } from "./transfer-registrations.ts";

const database = useTestDatabase({ poolSize: 10 });
const call = testCall();

type Proof = Pick<Booked, "reference" | "accessKey">;

function substitute(
  { reference, accessKey }: Proof,
  registrationId: string,
  email: string,
  more: { name?: string; timeZone?: string; idempotencyKey?: string } = {},
  by: Call = call,
) {
  const { name = "Kari Nordmann", timeZone, idempotencyKey = newKey() } = more;
  return substituteLearner(database().db, by, {
    reference,
    accessKey,
    registrationId,
    learner: { name, email, ...(timeZone !== undefined && { timeZone }) },
    idempotencyKey,
  });
}

function linkTo(
  { reference, accessKey }: Proof,
  registrationId: string,
  more: { renew?: boolean; sendTo?: string } = {},
): Promise<ClaimLink> {
  const input = { reference, accessKey, registrationId, idempotencyKey: newKey(), ...more };
  return createClaimLink(database().db, call, input);
}

function claim(link: ClaimLink, email: string, idempotencyKey = newKey()) {
  return claimPlace(database().db, call, {
    ...link,
    learner: { name: "Ola Nordmann", email, timeZone: "America/New_York" },
    acceptsTerms: true,
    idempotencyKey,
  });
}

async function rowOf(id: string) {
  const [row] = await database().db.select().from(registration).where(eq(registration.id, id));
  if (row === undefined) throw new Error("No such registration");
  return row;
}

async function changesOf(id: string) {
  return database()
    .db.select()
    .from(registrationChange)
    .where(eq(registrationChange.registrationId, id));
}

const Recipients = z.array(z.object({ kind: z.string(), to: z.string().nullable() }));

/** Who gets the mails about a registration that name somebody. */
async function mailsAbout(id: string) {
  const { rows } = await database().db.execute(sql`
    SELECT data ->> 'kind' AS kind, data #>> '{to,email}' AS to FROM pgboss.job
    WHERE name = 'mail.compose' AND data ->> 'aboutId' = ${id}::text ORDER BY kind`);
  return Recipients.parse(rows);
}

describe("a substitution", () => {
  it("gives the place to another learner, costs nothing and leaves the counter of a full run alone", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 2 });
    const [before, after] = [newLearner(), newLearner()];
    const booked = await createTestBooking(db, run.id, 2, [before]);
    const [id = ""] = booked.ids;
    const counter = () =>
      db
        .select({ row: sql`${runCapacity}::text`, written: sql`${runCapacity}.xmin::text` })
        .from(runCapacity)
        .where(eq(runCapacity.runId, run.id));
    const untouched = await counter();
    const detail = await substitute(booked, id, after, { timeZone: "Asia/Tokyo" });
    expect(detail.registrations[0]).toMatchObject({
      status: "confirmed",
      learner: { name: "Kari Nordmann", email: after },
      fee: null,
    });
    expect(await counter()).toEqual(untouched);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(2));
    expect(await rowOf(id)).toMatchObject({ claimVersion: 2, timeZone: "Asia/Tokyo" });
    expect(await changesOf(id)).toMatchObject([
      { kind: "substitution", decidedBy: "booker", feeAmount: null, refundAmount: null },
    ]);
    expect(await mailsAbout(id)).toEqual([
      { kind: "learner_named", to: null },
      { kind: "learner_named", to: null },
      { kind: "registration_cancelled", to: before },
    ]);
  });

  it("names the learner of an unnamed place, and that is no substitution", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    const learner = newLearner();
    const detail = await substitute(booked, id, learner);
    expect(detail.registrations[0]?.learner?.email).toBe(learner);
    expect(await changesOf(id)).toEqual([]);
    expect(await queuedMails(db, id)).toEqual(["learner_named"]);
  });

  it("of a learner by the same one corrects the name, and tells nobody", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const learner = newLearner();
    const booked = await createTestBooking(db, run.id, 1, [learner]);
    const [id = ""] = booked.ids;
    await substitute(booked, id, learner.toUpperCase(), { name: "Kari Nordmann-Berg" });
    expect(await rowOf(id)).toMatchObject({ learnerName: "Kari Nordmann-Berg", claimVersion: 1 });
    expect(await changesOf(id)).toEqual([]);
    expect(await queuedMails(db, id)).toEqual(["learner_named"]);
  });

  it("is refused by a learner who has a place already, and can be made once that one has none", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const [ola, kari] = [newLearner(), newLearner()];
    const booked = await createTestBooking(db, run.id, 2, [ola, kari]);
    const [first = "", second = ""] = booked.ids;
    expect(await refusalOf(substitute(booked, first, kari.toUpperCase()))).toMatchObject({
      code: "Conflict",
      data: { reason: "duplicate_learner" },
    });
    await cancelRegistrations(db, call, {
      reference: booked.reference,
      accessKey: booked.accessKey,
      registrationIds: [second],
      idempotencyKey: newKey(),
    });
    await substitute(booked, first, kari);
    expect((await rowOf(first)).learnerEmail).toBe(kari);
  });

  it("is refused for a place that is no more, a hold, and a zone that does not exist", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    expect(
      await refusalOf(substitute(booked, id, newLearner(), { timeZone: "Mars/Olympus" })),
    ).toMatchObject({ data: { issues: [{ path: "learner.timeZone" }] } });
    const { reference, accessKey } = booked;
    await cancelBooking(db, call, { reference, accessKey, idempotencyKey: newKey() });
    expect(await refusalOf(substitute(booked, id, newLearner()))).toMatchObject({
      data: { reason: "wrong_state", detail: "cancelled" },
    });
    const held = await holdTestPlaces(db, run.id, 1);
    const { registrations } = await findBooking(db, call, held);
    expect(
      await refusalOf(substitute(held, registrations[0]?.id ?? "", newLearner())),
    ).toMatchObject({ data: { detail: "not_confirmed" } });
  });

  it("is possible for the booker until the run begins, and for staff until it ends", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    const move = (values: object) =>
      db.update(courseRun).set(values).where(eq(courseRun.id, run.id));
    await move({ startsAt: sql`now() - interval '1 hour'` });
    expect(await refusalOf(substitute(booked, id, newLearner()))).toMatchObject({
      data: { detail: "begun" },
    });
    await substitute(booked, id, newLearner(), {}, OPERATOR_CALL);
    await move({ endsAt: sql`now()` });
    expect((await refusalOf(substitute(booked, id, newLearner(), {}, OPERATOR_CALL))).code).toBe(
      "Conflict",
    );
  });

  it("at once with others of the same learner puts that one into one place", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 8 });
    const booked = await createTestBooking(db, run.id, 4);
    const other = await createTestBooking(db, run.id, 4);
    const learner = newLearner();
    const outcomes = await Promise.allSettled([
      ...booked.ids.map((id) => substitute(booked, id, learner)),
      ...other.ids.map((id) => substitute(other, id, learner)),
    ]);
    expect(outcomesOf(outcomes).toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => "Conflict duplicate_learner"),
      "done",
    ]);
  });
});

describe("a claim link", () => {
  it("lets whoever has it take the place, with any address, and is spent then", async () => {
    const { db } = database();
    const run = await createTestRun(db, { capacity: 1 });
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    const link = await linkTo(booked, id);
    expect(await linkTo(booked, id)).toEqual(link);
    expect(await findClaim(db, call, link)).toMatchObject({
      registrationId: id,
      run: { id: run.id },
      booker: { name: "Ingrid Berg", company: "Fjordkraft" },
      isTaken: false,
      obstacle: null,
    });
    const learner = newLearner();
    const idempotencyKey = newKey();
    const claimed = await claim(link, learner, idempotencyKey);
    expect(claimed).toMatchObject({ registrationId: id, run: { id: run.id } });
    expect(await claim(link, learner, idempotencyKey)).toEqual(claimed);
    expect(await rowOf(id)).toMatchObject({
      learnerEmail: learner,
      timeZone: "America/New_York",
      claimedAt: new Date(claimed.claimedAt),
    });
    expect((await findClaim(db, call, link)).isTaken).toBe(true);
    expect(await refusalOf(claim(link, newLearner()))).toMatchObject({
      code: "Conflict",
      data: { reason: "already_exists", entity: "registration" },
    });
    expect(await queuedMails(db, id)).toEqual(["learner_named"]);
    expect(await seatsOf(db, run.id)).toEqual(wellWith(1));
  });

  it("is won by one of two who claim it at once", async () => {
    const { db } = database();
    for (let round = 0; round < 5; round += 1) {
      const run = await createTestRun(db);
      const booked = await createTestBooking(db, run.id, 1);
      const link = await linkTo(booked, booked.ids[0] ?? "");
      const people = [newLearner(), newLearner(), newLearner()];
      const outcomes = await Promise.allSettled(people.map((person) => claim(link, person)));
      const winners = outcomes.filter((outcome) => outcome.status === "fulfilled");
      expect(winners).toHaveLength(1);
      expect((await rowOf(link.registrationId)).learnerEmail).toBe(winners[0]?.value.learner.email);
      expect(outcomesOf(outcomes).toSorted()).toEqual([
        "Conflict already_exists",
        "Conflict already_exists",
        "done",
      ]);
    }
  });

  it("is worth nothing once it is renewed, or another learner was named", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    const old = await linkTo(booked, id);
    const renewed = await linkTo(booked, id, { renew: true });
    expect(renewed.claimVersion).toBe(2);
    expect(renewed.claimKey).not.toBe(old.claimKey);
    expect((await refusalOf(claim(old, newLearner()))).code).toBe("NotFound");
    expect((await findClaim(db, call, renewed)).isTaken).toBe(false);
    await substitute(booked, id, newLearner());
    expect((await refusalOf(findClaim(db, call, renewed))).code).toBe("NotFound");
    expect(await refusalOf(linkTo(booked, id))).toMatchObject({
      data: { reason: "wrong_state", detail: "named" },
    });
  });

  it("tells no more with a wrong key than of a registration that does not exist", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 2);
    const [first = "", second = ""] = booked.ids;
    const link = await linkTo(booked, first);
    const other = await linkTo(booked, second);
    const nowhere = newKey();
    const wrong: ClaimLink[] = [
      { ...link, claimKey: other.claimKey },
      { ...link, claimVersion: 2 },
      { ...link, claimVersion: 2, claimKey: call.accessKeys.keyFor("claim", `${first}:2`) },
      { ...link, claimKey: booked.accessKey },
      {
        registrationId: nowhere,
        claimVersion: 1,
        claimKey: call.accessKeys.keyFor("claim", `${nowhere}:1`),
      },
    ];
    for (const proof of wrong) {
      const expected = {
        code: "NotFound",
        data: { entity: "registration", id: proof.registrationId },
      };
      expect(await refusalOf(findClaim(db, call, proof))).toEqual(expected);
      expect(await refusalOf(claim(proof, newLearner()))).toEqual(expected);
    }
    expect((await rowOf(first)).learnerEmail).toBeNull();
  });

  it("can be sent to somebody, and follows the place to another date", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const booked = await createTestBooking(db, from.id, 1);
    const [id = ""] = booked.ids;
    const link = await linkTo(booked, id, { sendTo: "kari@example.com", renew: true });
    expect(await mailsAbout(id)).toEqual([{ kind: "claim_link", to: "kari@example.com" }]);
    const moved = await transferRegistrations(db, call, {
      reference: booked.reference,
      accessKey: booked.accessKey,
      registrationIds: [id],
      toRunId: to.id,
      idempotencyKey: newKey(),
    });
    expect(await refusalOf(linkTo(booked, id))).toMatchObject({
      data: { detail: "transferred" },
    });
    expect((await findClaim(db, call, link)).run.id).toBe(to.id);
    const claimed = await claim(link, newLearner());
    expect(claimed.registrationId).toBe(moved.to.registrations[0]?.toId);
    expect(claimed.run.id).toBe(to.id);
  });

  it("dies with its successor's", async () => {
    const { db } = database();
    const [from, to] = [await createTestRun(db), await createTestRun(db)];
    const booked = await createTestBooking(db, from.id, 1);
    const [id = ""] = booked.ids;
    const link = await linkTo(booked, id);
    const { to: there } = await transferRegistrations(db, call, {
      reference: booked.reference,
      accessKey: booked.accessKey,
      registrationIds: [id],
      toRunId: to.id,
      idempotencyKey: newKey(),
    });
    await linkTo(there, there.registrations[0]?.toId ?? "", { renew: true });
    expect((await refusalOf(claim(link, newLearner()))).code).toBe("NotFound");
  });

  it("is refused for a learner who has a place of the run, and the link stays good", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const learner = newLearner();
    const booked = await createTestBooking(db, run.id, 2, [learner]);
    const link = await linkTo(booked, booked.ids[1] ?? "");
    expect(await refusalOf(claim(link, learner))).toMatchObject({
      data: { reason: "duplicate_learner" },
    });
    await claim(link, newLearner());
  });

  it("has no effect once the place is no more, the run has begun, or the booking is not confirmed", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 2);
    const [first = "", second = ""] = booked.ids;
    const [gone, late] = [await linkTo(booked, first), await linkTo(booked, second)];
    await cancelRegistrations(db, call, {
      reference: booked.reference,
      accessKey: booked.accessKey,
      registrationIds: [first],
      idempotencyKey: newKey(),
    });
    expect(await refusalOf(claim(gone, newLearner()))).toMatchObject({
      data: { reason: "wrong_state", detail: "cancelled" },
    });
    expect(await findClaim(db, call, gone)).toMatchObject({ obstacle: "cancelled" });
    await db
      .update(courseRun)
      .set({ startsAt: sql`now()` })
      .where(eq(courseRun.id, run.id));
    expect(await refusalOf(claim(late, newLearner()))).toMatchObject({
      data: { detail: "begun" },
    });
    const other = await createTestRun(db);
    const held = await holdTestPlaces(db, other.id, 1);
    const { registrations } = await findBooking(db, call, held);
    expect(await refusalOf(linkTo(held, registrations[0]?.id ?? ""))).toMatchObject({
      data: { detail: "not_confirmed" },
    });
  });

  it("meets a cancellation: the place is claimed and cancelled, or cancelled alone", async () => {
    const { db } = database();
    for (let round = 0; round < 5; round += 1) {
      const run = await createTestRun(db);
      const booked = await createTestBooking(db, run.id, 2);
      const [id = ""] = booked.ids;
      const link = await linkTo(booked, id);
      const [claimed, cancelled] = await Promise.allSettled([
        claim(link, newLearner()),
        cancelRegistrations(db, call, {
          reference: booked.reference,
          accessKey: booked.accessKey,
          registrationIds: [id],
          idempotencyKey: newKey(),
        }),
      ]);
      expect(cancelled.status).toBe("fulfilled");
      const row = await rowOf(id);
      expect(row.status).toBe("cancelled");
      expect(row.learnerEmail !== null).toBe(claimed.status === "fulfilled");
      expect(await seatsOf(db, run.id)).toEqual(wellWith(1));
    }
  });

  it("is stored nowhere, and leaves a trace without personal data", async () => {
    const { db } = database();
    const run = await createTestRun(db);
    const booked = await createTestBooking(db, run.id, 1);
    const [id = ""] = booked.ids;
    const link = await linkTo(booked, id, { renew: true, sendTo: "trace-me@example.com" });
    await claim(link, "trace-me@example.com");
    await substitute(booked, id, "trace-me-too@example.com");
    const entries = await db
      .select()
      .from(auditEntry)
      .where(inArray(auditEntry.entityId, [id]))
      .orderBy(auditEntry.id);
    expect(entries.map(({ action }) => action)).toEqual([
      "registration.link",
      "registration.claim",
      "registration.substitute",
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/trace-me|Nordmann/u);
    const { rows } = await db.execute(sql`SELECT
      (SELECT string_agg(r::text, '') FROM registration r)
        || (SELECT string_agg(b::text, '') FROM ${booking} b) || (SELECT string_agg(data::text, '') FROM pgboss.job) AS all`);
    const answers = await keptAnswers(db);
    expect(answers).toContain(id);
    for (const kept of [JSON.stringify(rows), answers]) expect(kept).not.toContain(link.claimKey);
  });
});
