import { accessKeys } from "@lectern/auth/access-key";
import type { MailKind } from "@lectern/contract/vocabulary";
import { runMessage } from "@lectern/database/schema/attendance";
import { booking } from "@lectern/database/schema/bookings";
import { course, courseTranslation } from "@lectern/database/schema/catalogue";
import { mailMessage } from "@lectern/database/schema/mail";
import { payment } from "@lectern/database/schema/payments";
import { person } from "@lectern/database/schema/people";
import { useTestDatabase } from "@lectern/database/testing/database";
import { and, asc, eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { createTestRun, newKey, testCall } from "../../testing/factories.ts";
import { addressOf, apiOf } from "../../testing/organisations.ts";
import { createTestBooking } from "../../testing/registrations.ts";
import { signIn } from "../../testing/signed-in.ts";
import { FEED_PATH } from "../calendar/feed/feed-address.ts";
import { readFeed } from "../calendar/feed/read-feed.ts";
import { composeMail } from "./compose-mail.ts";
import { fillInKeys } from "./keys-in-mails.ts";
import type { MailSettings } from "./mail-settings.ts";

const database = useTestDatabase();

const SITE = "https://academy.example";
const keys = accessKeys("a-secret-for-tests-and-nothing-else");
const settings: MailSettings = {
  publicUrl: SITE,
  academy: "Lectern",
  sender: { name: "Lectern", email: "no-reply@academy.example" },
  staff: { name: "Staff", email: "staff@academy.example" },
  staffLanguage: "nb",
  host: "academy.example",
};

async function compose(kind: MailKind, aboutId: string) {
  const { db } = database();
  await composeMail(db, settings, uuidv7(), { kind, aboutId });
  const rows = await db
    .select()
    .from(mailMessage)
    .where(and(eq(mailMessage.aboutId, aboutId), eq(mailMessage.kind, kind)))
    .orderBy(asc(mailMessage.language), asc(mailMessage.id));
  return rows.map((row) => ({ ...row, text: fillInKeys(row.text, keys) }));
}

/** A date online of a course that has a Norwegian translation. */
async function createRun() {
  const { db } = database();
  const run = await createTestRun(db, { values: { deliveryMode: "virtual" } });
  await db.update(course).set({ title: "Ports and Tides" }).where(eq(course.id, run.courseId));
  await db.insert(courseTranslation).values({
    courseId: run.courseId,
    language: "nb",
    title: "Havner og tidevann",
    summary: "Om havner",
    body: "",
  });
  return run;
}

async function createBooking(runId: string, language: string, learners: string[] = []) {
  const { db } = database();
  const { reference } = await createTestBooking(db, runId, 2, learners);
  const [row] = await db
    .update(booking)
    .set({ language })
    .where(eq(booking.reference, reference))
    .returning();
  if (row === undefined) throw new Error("There is no such booking");
  return row;
}

describe("a mail", () => {
  it.each(["nb", "nb-NO", "no", "nn"])(
    "to a reader of %s is Norwegian, with all that hangs on it",
    async (language) => {
      const run = await createRun();
      const { id, reference } = await createBooking(run.id, language);
      const [mail] = await compose("booking_confirmed", id);
      expect(mail?.language).toBe("nb");
      expect(mail?.subject).toContain("Bestilt: Havner og tidevann, ");
      expect(mail?.text).toContain(`${SITE}/nb/bookings/${reference}#key=`);
      expect(mail?.text).toContain(`${SITE}/nb/claim#`);
      expect(mail?.text.replaceAll(`${SITE}/nb/`, "")).not.toContain(SITE);
      expect(mail?.html).toContain('<html lang="nb">');
      const calendar = mail?.calendar?.replaceAll("\r\n ", "") ?? "";
      expect(calendar).toContain("SUMMARY:Havner og tidevann");
      expect(calendar).toContain(`Bestilling ${reference}`);
      expect(calendar).toContain("LOCATION:På nett");
      expect(calendar).toContain(`${SITE}/nb/join?run=${run.id}`);
    },
  );

  it.each(["en", "en-GB", "de", "sv"])("to a reader of %s is English", async (language) => {
    const run = await createRun();
    const { id, reference } = await createBooking(run.id, language);
    const [mail] = await compose("booking_confirmed", id);
    expect(mail?.language).toBe("en");
    expect(mail?.subject).toContain("Booked: Ports and Tides, ");
    expect(mail?.text).toContain(`${SITE}/bookings/${reference}#key=`);
    expect(mail?.calendar).toContain("SUMMARY:Ports and Tides");
    expect(mail?.calendar).toContain("LOCATION:Online");
  });

  it("that staff wrote goes to each with the rest of it in their own language", async () => {
    const { db } = database();
    const run = await createRun();
    await createBooking(run.id, "en");
    await createBooking(run.id, "nb-NO");
    const id = uuidv7();
    await db.insert(runMessage).values({
      id,
      runId: run.id,
      subject: "Laptop",
      body: "Bring one.",
      recipients: 2,
    });
    const mails = await compose("run_message", id);
    expect(mails.map(({ language }) => language)).toEqual(["en", "nb"]);
    const [english, norwegian] = mails;
    expect(english?.text).toContain(`See the course:\n${SITE}/courses/`);
    expect(english?.text).toContain("About: Ports and Tides");
    expect(norwegian?.text).toContain(`Se kurset:\n${SITE}/nb/courses/`);
    expect(norwegian?.text).toContain("Om: Havner og tidevann");
  });

  it("to staff is in theirs, whatever the booker reads", async () => {
    const { db } = database();
    const run = await createRun();
    const { id: bookingId } = await createBooking(run.id, "en");
    const id = uuidv7();
    await db.insert(payment).values({
      id,
      bookingId,
      reference: newKey(),
      amount: 1000,
      currency: "NOK",
      outcome: "late",
      receivedAt: new Date(),
    });
    const [mail] = await compose("late_payment_staff", id);
    expect(mail?.language).toBe("nb");
    expect(mail?.text).toContain("Kurs: Havner og tidevann");
    expect(mail?.text).toContain(`${SITE}/nb/courses/`);
    const [other] = await compose("late_payment_pending", id);
    expect(other?.language).toBe("en");
    expect(other?.text).not.toContain("/nb/");
  });
});

describe("a calendar that programs subscribe to", () => {
  it.each([
    ["nb-NO", "Kurs hos Lectern", "Havner og tidevann", "/nb/join?run="],
    ["de", "Trainings at Lectern", "Ports and Tides", "example/join?run="],
  ])("of a reader of %s is called %s", async (language, name, title, page) => {
    const { db } = database();
    const who = await signIn(db);
    await db.update(person).set({ language }).where(eq(person.id, who.id));
    const run = await createRun();
    await createBooking(run.id, "en", [await addressOf(db, who.id)]);
    const api = await apiOf(db, who);
    const { address } = await api.calendar.makeFeed({ idempotencyKey: newKey() });
    const secret = new URL(address).pathname.slice(FEED_PATH.length);
    const { accessKeys: theirs } = testCall();
    const feed = await readFeed(db, { accessKeys: theirs, academy: "Lectern", site: SITE }, secret);
    const content = feed.kind === "calendar" ? feed.content.replaceAll("\r\n ", "") : "";
    expect(content).toContain(name);
    expect(content).toContain(`SUMMARY:${title}`);
    expect(content).toContain(page);
  });
});
