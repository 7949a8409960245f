import { booking, registration, seatAllocation } from "@lectern/database/schema/bookings";
import { courseRun } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { queuedMails } from "../../testing/queued-mails.ts";
import { confirmBooking } from "./confirm-booking.ts";
import { holdPlaces } from "./hold-places.ts";
import { sendReminders } from "./send-reminders.ts";

const database = useTestDatabase();
const call = testCall();

/** A confirmed booking of one place on a run, whose registration is given. */
async function register(
  values: Partial<typeof courseRun.$inferInsert>,
  timeZone: string | null = null,
): Promise<{ runId: string; registrationId: string }> {
  const { db } = database();
  const run = await createTestRun(db, { values: { deliveryMode: "virtual", ...values } });
  const held = await holdPlaces(db, call, { runId: run.id, places: 1, idempotencyKey: newKey() });
  const confirmed = await confirmBooking(db, call, {
    reference: held.reference,
    accessKey: held.accessKey,
    booker: { name: "Ingrid", email: "ingrid@example.com" },
    learners: [{ name: "Ola", email: "ola@example.com", timeZone }],
    acceptsTerms: true,
    idempotencyKey: newKey(),
  });
  return { runId: run.id, registrationId: confirmed.registrations[0]?.id ?? "" };
}

/** Has a run begin late in the evening of the day after tomorrow, by the clock of that zone. */
async function beginAfterTomorrow(runId: string, timeZone: string): Promise<void> {
  await database()
    .db.update(courseRun)
    .set({
      startsAt: sql`(date_trunc('day', clock_timestamp() AT TIME ZONE ${timeZone}::text)
        + interval '2 days 23 hours') AT TIME ZONE ${timeZone}::text`,
      endsAt: sql`clock_timestamp() + interval '9 days'`,
    })
    .where(eq(courseRun.id, runId));
}

function hourIn(timeZone: string): number {
  return Temporal.Now.zonedDateTimeISO(timeZone).hour;
}

describe("reminders", () => {
  it("go out once, two days before, though asked for by two workers again and again", async () => {
    const { db } = database();
    const zone = "UTC";
    const { runId, registrationId } = await register({ timeZone: zone });
    expect(await sendReminders(db)).toBe(0);
    // Due since nine o'clock of today, once it is past nine.
    await beginAfterTomorrow(runId, zone);
    const expected = hourIn(zone) >= 9 ? ["reminder"] : [];
    await Promise.all([sendReminders(db), sendReminders(db)]);
    await sendReminders(db);
    expect(await queuedMails(db, registrationId)).toEqual(["learner_named", ...expected]);
  });

  it("go by the clock of the learner, where the run is virtual, and by the room's otherwise", async () => {
    const { db } = database();
    // Two zones between which it is nine o'clock somewhere: one is past it, one is not.
    const zones = Array.from(
      { length: 24 },
      (_, index) => `Etc/GMT${index - 12 <= 0 ? "" : "+"}${index - 12}`,
    );
    const past = zones.find((zone) => hourIn(zone) >= 9 && hourIn(zone) < 20) ?? "UTC";
    const before = zones.find((zone) => hourIn(zone) < 8) ?? "UTC";
    const virtual = [
      await register({ timeZone: before }, past),
      await register({ timeZone: past }, before),
    ];
    const classroom = await register({ timeZone: past, deliveryMode: "classroom" }, before);
    await beginAfterTomorrow(virtual[0]?.runId ?? "", past);
    await beginAfterTomorrow(virtual[1]?.runId ?? "", before);
    await beginAfterTomorrow(classroom.runId, past);
    await sendReminders(db);
    const reminded = async (one: { registrationId: string } | undefined) =>
      (await queuedMails(db, one?.registrationId ?? "")).includes("reminder");
    expect(await reminded(virtual[0])).toBe(true);
    expect(await reminded(virtual[1])).toBe(false);
    expect(await reminded(classroom)).toBe(true);
  });

  it("come again when the run was moved, and not for who has cancelled", async () => {
    const { db } = database();
    const [stays, leaves] = [
      await register({ timeZone: "UTC" }),
      await register({ timeZone: "UTC" }),
    ];
    await db
      .update(registration)
      .set({ status: "cancelled" })
      .where(eq(registration.id, leaves.registrationId));
    await db.update(seatAllocation).set({ state: "released", endedAt: sql`clock_timestamp()` });
    await db.update(booking).set({ note: "moved" });
    const begin = (runId: string, hours: number) =>
      db
        .update(courseRun)
        .set({ startsAt: sql`clock_timestamp() + make_interval(hours => ${hours})` })
        .where(eq(courseRun.id, runId));
    await begin(stays.runId, 30);
    await begin(leaves.runId, 30);
    await sendReminders(db);
    await begin(stays.runId, 28);
    await sendReminders(db);
    const mails = await queuedMails(db, stays.registrationId);
    expect(mails.filter((kind) => kind === "reminder")).toHaveLength(2);
    expect(await queuedMails(db, leaves.registrationId)).not.toContain("reminder");
  });
});
