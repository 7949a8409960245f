import { accessKeys } from "@lectern/auth/access-key";
import type { MailKind } from "@lectern/contract/vocabulary";
import {
  booking,
  registration,
  registrationChange,
  runChoice,
  waitlistEntry,
} from "@lectern/database/schema/bookings";
import { payment } from "@lectern/database/schema/payments";
import { course } from "@lectern/database/schema/catalogue";
import { mailMessage } from "@lectern/database/schema/mail";
import { courseRun, session } from "@lectern/database/schema/scheduling";
import { useTestDatabase } from "@lectern/database/testing/database";
import { transaction } from "@lectern/database/transaction";
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import ICAL from "ical.js";
import { uuidv7 } from "uuidv7";
import { describe, expect, it } from "vitest";
import { zonedStretch } from "../../shared/zoned-time.ts";
import { createTestRoom, createTestRun, createTestVenue } from "../../testing/factories.ts";
import { createReference } from "../bookings/reference.ts";
import { composeMail } from "./compose-mail.ts";
import { fillInKeys } from "./keys-in-mails.ts";
import type { MailSettings } from "./mail-settings.ts";
import type { Recipient } from "./queues.ts";
import { tell } from "./tell.ts";

const database = useTestDatabase();

const keys = accessKeys("a-secret-for-tests-and-nothing-else");
const settings: MailSettings = {
  publicUrl: "https://academy.example",
  academy: "Lectern",
  sender: { name: "Lectern", email: "no-reply@academy.example" },
  staff: { name: "Staff", email: "staff@academy.example" },
  staffLanguage: "en",
  host: "academy.example",
};

const GRACE = { name: "Grace Hopper", email: "grace@example.com" };
const ADA = { name: "Ada Lovelace", email: "ada@example.com" };
const KATE = { name: "Katherine Johnson", email: "kate@example.com" };

type BookingValues = Partial<typeof booking.$inferInsert>;
type SeatValues = Partial<typeof registration.$inferInsert>;
type Learner = { name: string; email: string } | null;

/** A run of two days in a room in Oslo, or a virtual one. */
async function createRun(
  options: { virtual?: boolean; values?: Partial<typeof courseRun.$inferInsert> } = {},
) {
  const { db } = database();
  const venueId = options.virtual === true ? undefined : await createTestVenue(db);
  const run = await createTestRun(db, {
    localStart: "2037-03-27T09:00",
    localEnd: "2037-03-30T17:00",
    values: {
      deliveryMode: venueId === undefined ? "virtual" : "classroom",
      ...(venueId !== undefined && { venueId }),
      ...options.values,
    },
  });
  const roomId = await createTestRoom(db, venueId === undefined ? {} : { venueId });
  // The clocks go forward between the two.
  for (const [index, day] of ["2037-03-27", "2037-03-30"].entries()) {
    await db.insert(session).values({
      id: uuidv7(),
      runId: run.id,
      position: index + 1,
      roomId,
      ...zonedStretch(`${day}T09:00`, `${day}T17:00`, run.timeZone, "session"),
    });
  }
  return run;
}

async function createBooking(
  runId: string,
  learners: readonly Learner[],
  values: BookingValues = {},
  seat: SeatValues = {},
) {
  const { db } = database();
  const [row] = await db
    .insert(booking)
    .values({
      id: uuidv7(),
      reference: createReference(),
      runId,
      status: "confirmed",
      confirmedAt: new Date(),
      places: learners.length,
      bookerName: GRACE.name,
      bookerEmail: GRACE.email,
      ...values,
    })
    .returning();
  if (row === undefined) throw new Error("The booking was not inserted");
  const seats = await db
    .insert(registration)
    .values(
      learners.map((learner, index) => ({
        id: uuidv7(),
        bookingId: row.id,
        runId,
        position: index + 1,
        status: "confirmed" as const,
        learnerName: learner?.name ?? null,
        learnerEmail: learner?.email ?? null,
        priceAmount: 12_500_00,
        priceCurrency: "NOK",
        ...seat,
      })),
    )
    .returning();
  return { ...row, seats: seats.toSorted((one, other) => one.position - other.position) };
}

/** Writes the mails of an event. @returns those that are there now, by their address */
async function compose(
  kind: MailKind,
  aboutId: string,
  event: { to?: Recipient; together?: string[]; bookingId?: string } = {},
  jobId = uuidv7(),
) {
  await composeMail(database().db, settings, jobId, { kind, aboutId, ...event });
  return mailsAbout(aboutId, kind);
}

async function mailsAbout(aboutId: string, kind: MailKind) {
  const rows = await database()
    .db.select()
    .from(mailMessage)
    .where(and(eq(mailMessage.aboutId, aboutId), eq(mailMessage.kind, kind)))
    .orderBy(asc(mailMessage.recipientEmail), asc(mailMessage.createdAt));
  return rows.map((row) => {
    // What is kept holds no key at all.
    expect(row.html + row.text + row.subject).not.toMatch(/[A-Za-z0-9_-]{43}/u);
    return { ...row, html: fillInKeys(row.html, keys), text: fillInKeys(row.text, keys) };
  });
}

async function renamed(courseId: string, title: string) {
  const [row] = await database()
    .db.update(course)
    .set({ title })
    .where(eq(course.id, courseId))
    .returning();
  if (row === undefined) throw new Error("There is no such course");
  return row;
}

function only<Item>(items: readonly Item[]): Item {
  const [item] = items;
  if (item === undefined || items.length !== 1) throw new Error(`There are ${items.length}`);
  return item;
}

/** What the calendar of a mail says of its first event. */
function calendarOf(mail: { calendar: string | null; calendarMethod: string | null }) {
  if (mail.calendar === null) throw new Error("The mail has no calendar");
  const calendar = new ICAL.Component(ICAL.parse(mail.calendar) as unknown[]);
  const events = calendar.getAllSubcomponents("vevent");
  const [event] = events;
  expect(calendar.getFirstPropertyValue("method")).toBe(mail.calendarMethod);
  return {
    method: mail.calendarMethod,
    uid: String(event?.getFirstPropertyValue("uid")),
    sequence: Number(event?.getFirstPropertyValue("sequence")),
    status: event?.getFirstPropertyValue("status"),
    start: String(event?.getFirstPropertyValue("dtstart")),
    location: event?.getFirstPropertyValue("location"),
    events,
  };
}

async function jobsAbout(id: string): Promise<unknown[]> {
  const found = await database().db.execute(
    sql`select name, data from pgboss.job_common where data->>'aboutId' = ${id} order by created_on`,
  );
  return found.rows;
}

describe("the way into a session online", () => {
  it("is in the mails of those who come, each their own, and never where it leads to", async () => {
    const run = await createRun({ virtual: true });
    const { id, seats } = await createBooking(run.id, [GRACE, ADA, null]);
    const [own, adas, unnamed] = seats;
    if (own === undefined || adas === undefined || unnamed === undefined) throw new Error("Three");
    const linkOf = (seat: typeof own) => {
      const key = keys.keyFor("join", `${seat.id}:${seat.claimVersion}`);
      return `${settings.publicUrl}/join#${seat.id}.${seat.claimVersion}.${key}`;
    };
    const confirmed = only(await compose("booking_confirmed", id));
    expect(confirmed.text).toContain(linkOf(own));
    expect(confirmed.text).not.toContain(linkOf(adas));
    expect(confirmed.calendar?.replaceAll("\r\n ", "")).toContain(`/join?run=${run.id}`);
    const told = only(await compose("learner_named", adas.id));
    expect(told.text).toContain(linkOf(adas));
    const reminder = only(await compose("reminder", adas.id));
    expect(reminder.html).toContain(linkOf(adas));
    // Nobody comes to that place yet, and its booker comes to another.
    const passedOn = only(await compose("reminder", unnamed.id));
    expect(passedOn.text).not.toContain(linkOf(unnamed));

    // Who was replaced is not handed what lets the next one in.
    const to = { ...KATE };
    const replaced = only(await compose("registration_cancelled", adas.id, { to }));
    expect(replaced.html + replaced.text).not.toContain("/join#");
  });

  it("is in none of a date in a room", async () => {
    const run = await createRun();
    const { id } = await createBooking(run.id, [GRACE]);
    const mail = only(await compose("booking_confirmed", id));
    expect(mail.text + (mail.calendar ?? "")).not.toContain("/join");
  });
});

describe("telling", () => {
  it("leaves a job for each, in the caller's transaction", async () => {
    const [one, other] = [uuidv7(), uuidv7()];
    await transaction(database().db, {}, (tx) => tell(tx, "learner_named", [one, other]));
    expect(await jobsAbout(one)).toEqual([
      {
        name: "mail.compose",
        data: { kind: "learner_named", aboutId: one, together: [one, other] },
      },
    ]);
    expect(await jobsAbout(other)).toHaveLength(1);
  });

  it("tells nothing of what was rolled back", async () => {
    const id = uuidv7();
    const failing = transaction(database().db, {}, async (tx) => {
      await tell(tx, "booking_confirmed", id);
      throw new Error("No");
    });
    await expect(failing).rejects.toThrow("No");
    expect(await jobsAbout(id)).toEqual([]);
  });
});

describe("a confirmed booking", () => {
  it("is told to the booker, with what opens it and a link for each unnamed place", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null, null], { purchaseOrder: "PO-7" });
    const mail = only(await compose("booking_confirmed", placed.id));
    expect(mail.recipientEmail).toBe(GRACE.email);
    expect(mail.messageId).toBe(`<${mail.id}@academy.example>`);
    expect(mail.state).toBe("queued");
    const key = keys.keyFor("booking", placed.id);
    const claims = placed.seats
      .slice(1)
      .map(({ id }) => `https://academy.example/claim#${id}.1.${keys.keyFor("claim", `${id}:1`)}`);
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain(`https://academy.example/bookings/${placed.reference}#key=${key}`);
      for (const claim of claims) expect(part).toContain(claim);
      expect(part).toContain("Ada Lovelace");
      expect(part).toContain("PO-7");
      expect(part).toMatch(/NOK\s37,500/u);
      expect(part).toContain("27 March 2037, 09:00–17:00 Oslo time (UTC+1)");
      expect(part).toContain("30 March 2037, 09:00–17:00 Oslo time (UTC+2)");
    }
    expect(mail.text.match(/\/claim#/gu)).toHaveLength(2);
    const calendar = calendarOf(mail);
    expect(calendar).toMatchObject({ method: "PUBLISH", sequence: 0, status: "CONFIRMED" });
    expect(calendar.uid).toBe(`${placed.id}@lectern`);
    expect(calendar.start).toBe("2037-03-27T08:00:00Z");
  });

  it("is an invitation for a booker who comes, and one mail", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [{ ...GRACE, email: "Grace@Example.com" }]);
    const mail = only(await compose("booking_confirmed", placed.id));
    expect(calendarOf(mail).method).toBe("REQUEST");
    const [seat] = placed.seats;
    expect(await compose("learner_named", seat?.id ?? "")).toEqual([]);
  });

  it("of what people do in their own time is in no calendar", async () => {
    const run = await createTestRun(database().db, { values: { deliveryMode: "self_paced" } });
    const placed = await createBooking(run.id, [ADA]);
    expect(only(await compose("booking_confirmed", placed.id)).calendar).toBeNull();
    expect(only(await compose("learner_named", placed.seats[0]?.id ?? "")).calendar).toBeNull();
  });

  it("is written once, however often the job runs", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA]);
    const jobId = uuidv7();
    const first = await compose("booking_confirmed", placed.id, {}, jobId);
    const again = await compose("booking_confirmed", placed.id, {}, jobId);
    expect(again).toEqual(first);
    const deliveries = await database().db.execute(
      sql`select from pgboss.job_common where name = 'mail.deliver' and data->>'mailId' = ${only(first).id}`,
    );
    expect(deliveries.count).toBe(1);
  });

  it("is not told once it is no more", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], {
      status: "cancelled",
      cancelledAt: new Date(),
    });
    expect(await compose("booking_confirmed", placed.id)).toEqual([]);
    expect(await compose("booking_confirmed", uuidv7())).toEqual([]);
  });
});

describe("learners", () => {
  it("are told of their place in their own zone, and get nothing that opens the booking", async () => {
    const run = await createRun({ virtual: true });
    const placed = await createBooking(run.id, [ADA], {}, { timeZone: "America/New_York" });
    const [seat] = placed.seats;
    const mail = only(await compose("learner_named", seat?.id ?? ""));
    expect(mail.recipientEmail).toBe(ADA.email);
    expect(mail.text).toContain("27 March 2037, 04:00–12:00 New York time (UTC−4)");
    expect(mail.text + mail.html).not.toMatch(/#key=|\/claim#/u);
    expect(mail.text + mail.html).not.toContain(keys.keyFor("booking", placed.id));
    expect(calendarOf(mail)).toMatchObject({ method: "REQUEST", uid: `${seat?.id}@lectern` });
  });

  it("read the clock of the room where there is one", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], {}, { timeZone: "America/New_York" });
    const [seat] = placed.seats;
    const mail = only(await compose("reminder", seat?.id ?? ""));
    expect(mail.text).toContain("09:00 Oslo time (UTC+1)");
    expect(mail.text).not.toContain("New York");
  });

  it("are read a zone that does not exist as that of the run", async () => {
    const run = await createRun({ virtual: true });
    const placed = await createBooking(run.id, [ADA], {}, { timeZone: "Moon/Tycho" });
    const [seat] = placed.seats;
    expect(only(await compose("reminder", seat?.id ?? "")).text).toContain("Oslo time");
  });

  it("are not made to read what strangers put into a name", async () => {
    const run = await createRun();
    const placed = await createBooking(
      run.id,
      [{ name: "You have won\u202E! https://evil.example/prize", email: ADA.email }],
      { bookerName: "www.evil.example <b>now</b>", bookerCompany: "evil.example/claim" },
    );
    const [seat] = placed.seats;
    const mails = [
      ...(await compose("learner_named", seat?.id ?? "")),
      ...(await compose("booking_confirmed", placed.id)),
    ];
    expect(mails).toHaveLength(2);
    for (const { subject, text, html, recipientName } of mails) {
      expect(subject + text + html + recipientName).not.toMatch(/evil|\u202E/u);
      expect(html).not.toContain("<b>");
    }
  });

  it("can't have themselves sent a key by what they type", async () => {
    const run = await createRun();
    const victim = await createBooking(run.id, [KATE]);
    const mark = `\uE000booking|${victim.id}\uE001`;
    const placed = await createBooking(run.id, [{ name: `Ada ${mark}`, email: ADA.email }, null], {
      bookerName: mark,
      bookerCompany: mark,
      purchaseOrder: mark,
      status: "cancelled",
      cancelledAt: new Date(),
      cancelledReason: `Because ${mark}`,
    });
    const { title } = await renamed(run.courseId, `Practice ${mark}`);
    expect(title).toContain(mark);
    const mails = [
      ...(await compose("booking_cancelled", placed.id)),
      ...(await compose("approval_refused", placed.id)),
    ];
    expect(mails.length).toBeGreaterThan(1);
    for (const { html, text, subject, recipientName } of mails) {
      expect(html + text + subject + recipientName).not.toContain(
        keys.keyFor("booking", victim.id),
      );
    }
  });

  it("are reminded once, the booker for all places without a name", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null, null]);
    for (const { id } of placed.seats) await compose("reminder", id);
    const mails = (
      await Promise.all(placed.seats.map(({ id }) => mailsAbout(id, "reminder")))
    ).flat();
    expect(mails.map(({ recipientEmail }) => recipientEmail)).toEqual([ADA.email, GRACE.email]);
  });

  it("are not reminded of what has begun or was cancelled", async () => {
    const run = await createRun({ values: { status: "cancelled" } });
    const placed = await createBooking(run.id, [ADA]);
    expect(await compose("reminder", placed.seats[0]?.id ?? "")).toEqual([]);
    const begun = await createRun({ values: { startsAt: new Date(Date.now() - 1000) } });
    const late = await createBooking(begun.id, [ADA]);
    expect(await compose("reminder", late.seats[0]?.id ?? "")).toEqual([]);
  });
});

describe("a claim link", () => {
  it("is of the claim's version, and goes as long as nobody is named", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [null], {}, { claimVersion: 3 });
    const id = placed.seats[0]?.id ?? "";
    expect(only(await compose("claim_link", id)).text).toContain(
      `/claim#${id}.3.${keys.keyFor("claim", `${id}:3`)}`,
    );
    const sent = await compose("claim_link", id, { to: KATE });
    const toKate = sent.find(({ recipientEmail }) => recipientEmail === KATE.email);
    expect(toKate?.text).toContain(`/claim#${id}.3.`);
    expect(toKate?.text).not.toContain(keys.keyFor("booking", placed.id));
    const named = await createBooking(run.id, [KATE]);
    expect(await compose("claim_link", named.seats[0]?.id ?? "")).toEqual([]);
  });
});

describe("an approval", () => {
  const waiting = {
    status: "awaiting_approval",
    confirmedAt: null,
    approverName: KATE.name,
    approverEmail: KATE.email,
    expiresAt: new Date("2037-03-01T12:00:00Z"),
  } as const;

  it("is asked of the approver, who can't open the booking", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null], waiting);
    const mail = only(await compose("approval_requested", placed.id));
    expect(mail.recipientEmail).toBe(KATE.email);
    const key = keys.keyFor("approval", placed.id);
    expect(mail.text).toContain(`https://academy.example/approve#${placed.reference}.${key}`);
    expect(mail.text).not.toContain(keys.keyFor("booking", placed.id));
    expect(mail.text).toContain("1 March 2037, 13:00 Oslo time (UTC+1)");
    expect(mail.calendar).toBeNull();
  });

  it("is not asked twice for what is decided, and a refusal is told with its reason", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], {
      ...waiting,
      status: "cancelled",
      cancelledAt: new Date(),
      cancelledReason: "Too dear",
    });
    expect(await compose("approval_requested", placed.id)).toEqual([]);
    const mail = only(await compose("approval_refused", placed.id));
    expect(mail.recipientEmail).toBe(GRACE.email);
    expect(mail.text).toContain("Too dear");
  });
});

describe("a hold about to expire", () => {
  const waiting = { status: "awaiting_payment", confirmedAt: null } as const;
  const soon = new Date(Date.now() + 5 * 60_000);

  it("is told while the payment is awaited", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], { ...waiting, expiresAt: soon });
    expect(only(await compose("hold_expiring", placed.id)).recipientEmail).toBe(GRACE.email);
  });

  it.each([
    ["paid", { ...waiting, expiresAt: soon, paymentState: "paid" }],
    ["over", { ...waiting, expiresAt: new Date(Date.now() - 1000) }],
    ["confirmed", { status: "confirmed" }],
    ["given up", { ...waiting, status: "expired", expiresAt: soon }],
  ] as const)("is not told once it is %s", async (_name, values) => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], values);
    expect(await compose("hold_expiring", placed.id)).toEqual([]);
  });
});

describe("cancelling", () => {
  it("tells booker and learners, each once, and takes it out of their calendars", async () => {
    const { db } = database();
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, GRACE, null]);
    const [seat] = placed.seats;
    const confirmed = calendarOf(only(await compose("booking_confirmed", placed.id)));
    const named = calendarOf(only(await compose("learner_named", seat?.id ?? "")));

    await db
      .update(registration)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(registration.bookingId, placed.id));
    await db
      .update(booking)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(booking.id, placed.id));
    await db.insert(registrationChange).values(
      placed.seats.map(({ id }) => ({
        id: uuidv7(),
        registrationId: id,
        kind: "cancellation" as const,
        decidedBy: "booker" as const,
        feeAmount: 2_500_00,
        refundAmount: 10_000_00,
        currency: "NOK",
      })),
    );
    const mails = await compose("booking_cancelled", placed.id);
    expect(mails.map(({ recipientEmail }) => recipientEmail)).toEqual([ADA.email, GRACE.email]);
    const [toLearner, toBooker] = mails;
    if (toLearner === undefined || toBooker === undefined) throw new Error("Two were expected");
    expect(toBooker.text).toMatch(/You get back: NOK\s30,000/u);
    expect(toBooker.text).toMatch(/Fee: NOK\s7,500/u);
    expect(toLearner.text).not.toMatch(/NOK|#key=/u);

    for (const [mail, before] of [
      [toBooker, confirmed],
      [toLearner, named],
    ] as const) {
      const calendar = calendarOf(mail);
      expect(calendar).toMatchObject({ method: "CANCEL", status: "CANCELLED", uid: before.uid });
      expect(calendar.sequence).toBeGreaterThan(before.sequence);
    }
    // Whoever cancels place by place and then the rest tells nobody twice.
    const single = await compose("registration_cancelled", seat?.id ?? "");
    expect(single.map(({ recipientEmail }) => recipientEmail)).toEqual([GRACE.email]);
  });

  it("of one place leaves the booker's calendar as it is", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null]);
    const id = placed.seats[0]?.id ?? "";
    expect(await compose("registration_cancelled", id)).toEqual([]);
    await database()
      .db.update(registration)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(eq(registration.id, id));
    const [toLearner, toBooker] = await compose("registration_cancelled", id);
    expect(toBooker?.calendar).toBeNull();
    expect(toBooker?.text).toContain("Ada Lovelace");
    expect(toLearner?.calendarMethod).toBe("CANCEL");
  });

  it("of several places at once is one mail to the booker", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null, KATE]);
    const together = placed.seats.slice(0, 2).map(({ id }) => id);
    await database()
      .db.update(registration)
      .set({ status: "cancelled", cancelledAt: new Date() })
      .where(inArray(registration.id, together));
    for (const id of together) await compose("registration_cancelled", id, { together });
    const mails = (
      await Promise.all(together.map((id) => mailsAbout(id, "registration_cancelled")))
    ).flat();
    expect(mails.map(({ recipientEmail }) => recipientEmail)).toEqual([ADA.email, GRACE.email]);
    expect(mails[1]?.text).toContain("2 places of your booking");
    expect(mails[1]?.text).toContain("Ada Lovelace");
    expect(mails[1]?.text).not.toContain("Katherine");
  });

  it("of what was never certain reaches no learner and no calendar", async () => {
    const run = await createRun();
    const placed = await createBooking(
      run.id,
      [ADA],
      { status: "cancelled", confirmedAt: null, cancelledAt: new Date() },
      { status: "cancelled" },
    );
    const mail = only(await compose("booking_cancelled", placed.id));
    expect(mail.recipientEmail).toBe(GRACE.email);
    expect(mail.calendar).toBeNull();
  });
});

describe("a substitution", () => {
  it("takes the place from one calendar and gives it to another, and back again", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA]);
    const id = placed.seats[0]?.id ?? "";
    async function name(learner: typeof ADA, claimVersion: number) {
      await database()
        .db.update(registration)
        .set({ learnerName: learner.name, learnerEmail: learner.email, claimVersion })
        .where(eq(registration.id, id));
    }
    await compose("learner_named", id);
    await name(KATE, 2);
    const replaced = await compose("registration_cancelled", id, { to: ADA });
    expect(only(replaced).recipientEmail).toBe(ADA.email);
    expect(only(replaced).text).toContain("given your place");
    await compose("learner_named", id);
    await name(ADA, 3);
    await compose("registration_cancelled", id, { to: KATE });
    await compose("learner_named", id);

    const ofAda = [
      ...(await mailsAbout(id, "learner_named")),
      ...(await mailsAbout(id, "registration_cancelled")),
    ]
      .filter(({ recipientEmail }) => recipientEmail === ADA.email)
      .toSorted((one, other) => one.createdAt.getTime() - other.createdAt.getTime())
      .map(calendarOf);
    expect(ofAda.map(({ method }) => method)).toEqual(["REQUEST", "CANCEL", "REQUEST"]);
    expect(new Set(ofAda.map(({ uid }) => uid)).size).toBe(1);
    const sequences = ofAda.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((one, other) => one - other));
  });
});

describe("a transfer", () => {
  async function transfer(places: number, moved: number, isRestCancelled = false) {
    const { db } = database();
    const [from, to] = [
      await createRun({ values: { calendarSequence: 4 } }),
      await createRun({ virtual: true }),
    ];
    const origin = await createBooking(
      from.id,
      Array.from({ length: places }, (_, index) => (index === 0 ? ADA : null)),
    );
    const before = {
      booker: calendarOf(only(await compose("booking_confirmed", origin.id))),
      learner: calendarOf(only(await compose("learner_named", origin.seats[0]?.id ?? ""))),
    };
    const placed = await createBooking(to.id, moved === 1 ? [ADA] : [ADA, null], {
      originId: origin.id,
    });
    for (const [index, seat] of placed.seats.entries()) {
      const old = origin.seats[index]?.id ?? "";
      await db
        .update(registration)
        .set({ status: "transferred", successorId: seat.id })
        .where(eq(registration.id, old));
      await db.insert(registrationChange).values({
        id: uuidv7(),
        registrationId: old,
        kind: "transfer",
        decidedBy: "booker",
        feeAmount: 1_000_00,
        differenceAmount: 500_00,
        currency: "NOK",
      });
    }
    if (isRestCancelled) {
      await db
        .update(registration)
        .set({ status: "cancelled" })
        .where(and(eq(registration.bookingId, origin.id), eq(registration.position, 2)));
    }
    for (const { id } of placed.seats) await compose("registration_transferred", id);
    const mails = (
      await Promise.all(placed.seats.map(({ id }) => mailsAbout(id, "registration_transferred")))
    ).flat();
    const [toLearner, toBooker] = mails;
    if (toLearner === undefined || toBooker === undefined || mails.length !== 2)
      throw new Error("Two were expected");
    return { before, toLearner, toBooker, placed };
  }

  it("moves the entries in both calendars", async () => {
    const { before, toLearner, toBooker } = await transfer(1, 1);
    for (const [mail, old] of [
      [toLearner, before.learner],
      [toBooker, before.booker],
    ] as const) {
      const calendar = calendarOf(mail);
      expect(calendar.uid).toBe(old.uid);
      expect(calendar.sequence).toBeGreaterThan(old.sequence);
      expect(calendar.status).toBe("CONFIRMED");
      expect(calendar.location).toBe("Online");
      expect(new Set(calendar.events.map((each) => each.getFirstPropertyValue("uid"))).size).toBe(
        1,
      );
    }
    expect(toBooker.text).toMatch(/Fee: NOK\s1,000/u);
    expect(toBooker.text).toMatch(/To be paid: NOK\s500/u);
    expect(toBooker.text).toContain("Before: ");
    expect(toLearner.text).not.toMatch(/NOK|#key=/u);
  });

  it("of a part gives the booker a second entry", async () => {
    const { before, toBooker, placed } = await transfer(2, 1);
    const calendar = calendarOf(toBooker);
    expect(calendar.uid).toBe(`${placed.id}@lectern`);
    expect(calendar.uid).not.toBe(before.booker.uid);
    expect(toBooker.calendar).not.toContain("CANCELLED");
  });

  it("of all places at once is one mail to the booker, and moves the entry", async () => {
    const { before, toBooker } = await transfer(2, 2);
    expect(calendarOf(toBooker).uid).toBe(before.booker.uid);
    expect(toBooker.text).toContain("2 places that you booked have moved");
    expect(toBooker.text).toMatch(/Fee: NOK\s2,000/u);
  });

  it("of the last part takes the first entry with it", async () => {
    const { before, toBooker } = await transfer(2, 1, true);
    const { events, method } = calendarOf(toBooker);
    expect(method).toBe("PUBLISH");
    expect(
      events
        .filter((event) => event.getFirstPropertyValue("uid") === before.booker.uid)
        .map((event) => event.getFirstPropertyValue("status")),
    ).toEqual(["CANCELLED"]);
  });
});

describe("a run", () => {
  it("that moves is told once to the booker, and to each learner, with a newer entry", async () => {
    const { db } = database();
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null, KATE]);
    const before = calendarOf(only(await compose("booking_confirmed", placed.id)));
    await db.insert(runChoice).values(
      placed.seats.map(({ id }) => ({
        id: uuidv7(),
        registrationId: id,
        kind: "run_rescheduled" as const,
      })),
    );
    const moved = zonedStretch("2037-05-04T10:00", "2037-05-04T16:00", run.timeZone, "run");
    await db.delete(session).where(eq(session.runId, run.id));
    await db
      .update(courseRun)
      .set({
        ...moved,
        version: sql`${courseRun.version} + 1`,
        calendarSequence: sql`${courseRun.calendarSequence} + 1`,
      })
      .where(eq(courseRun.id, run.id));
    for (const { id } of placed.seats) await compose("run_rescheduled", id);
    const mails = (
      await Promise.all(placed.seats.map(({ id }) => mailsAbout(id, "run_rescheduled")))
    ).flat();
    expect(mails.map(({ recipientEmail }) => recipientEmail).toSorted()).toEqual([
      ADA.email,
      GRACE.email,
      KATE.email,
    ]);
    const toBooker = mails.find(({ recipientEmail }) => recipientEmail === GRACE.email);
    if (toBooker === undefined) throw new Error("The booker was not told");
    expect(toBooker.text).toContain("Tell us who comes");
    expect(calendarOf(toBooker)).toMatchObject({
      uid: before.uid,
      start: "2037-05-04T08:00:00Z",
      status: "CONFIRMED",
    });
    expect(calendarOf(toBooker).sequence).toBeGreaterThan(before.sequence);
  });

  it("that is cancelled is told once to the booker, who chooses, and to each learner", async () => {
    const { db } = database();
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA, null]);
    await db.insert(runChoice).values(
      placed.seats.map(({ id }) => ({
        id: uuidv7(),
        registrationId: id,
        kind: "run_cancelled" as const,
      })),
    );
    const [first, second] = placed.seats;
    expect(await compose("run_cancelled", first?.id ?? "")).toEqual([]);
    await db
      .update(courseRun)
      .set({ status: "cancelled", cancelledReason: "A flood" })
      .where(eq(courseRun.id, run.id));
    const mails = [
      ...(await compose("run_cancelled", first?.id ?? "")),
      ...(await compose("run_cancelled", second?.id ?? "")),
    ];
    expect(mails.map(({ recipientEmail }) => recipientEmail)).toEqual([ADA.email, GRACE.email]);
    for (const mail of mails) {
      expect(mail.text).toContain("A flood");
      expect(calendarOf(mail)).toMatchObject({ method: "CANCEL", status: "CANCELLED" });
    }
    expect(mails[1]?.text).toContain("Choose now");
  });

  it("that becomes certain is told to the booker of each confirmed booking", async () => {
    const run = await createRun();
    const bookings = [
      await createBooking(run.id, [ADA, null]),
      await createBooking(run.id, [KATE]),
      await createBooking(run.id, [null], { status: "expired", confirmedAt: null }),
    ];
    const jobId = uuidv7();
    expect(await compose("run_confirmed", run.id, {}, jobId)).toEqual([]);
    await compose("run_confirmed", run.id, {}, jobId);
    const spread = await database().db.execute(
      sql`select data->>'bookingId' as "bookingId" from pgboss.job_common
        where data->>'aboutId' = ${run.id} order by 1`,
    );
    const told = spread.rows.map((row) => String(row["bookingId"]));
    expect(told).toEqual(
      bookings
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    );
    for (const bookingId of told) await compose("run_confirmed", run.id, { bookingId });
    const mails = await mailsAbout(run.id, "run_confirmed");
    expect(mails).toHaveLength(2);
    const all = mails.map(({ text }) => text).join("");
    expect(bookings.map(({ reference }) => all.includes(reference))).toEqual([true, true, false]);
  });

  it("that is undecided is told to staff, as long as it is", async () => {
    const run = await createRun({ values: { status: "tentative", minPlaces: 6 } });
    const mail = only(await compose("run_undecided", run.id));
    expect(mail.recipientEmail).toBe("staff@academy.example");
    expect(mail.text).toContain("0 of at least 6");
    const decided = await createRun();
    expect(await compose("run_undecided", decided.id)).toEqual([]);
  });

  it("that is tentative is tentative in calendars", async () => {
    const run = await createRun({ values: { status: "tentative" } });
    const placed = await createBooking(run.id, [null]);
    expect(calendarOf(only(await compose("booking_confirmed", placed.id))).status).toBe(
      "TENTATIVE",
    );
  });
});

describe("the waiting list", () => {
  async function join(runId: string, values: Partial<typeof waitlistEntry.$inferInsert> = {}) {
    const [row] = await database()
      .db.insert(waitlistEntry)
      .values({ id: uuidv7(), runId, quantity: 2, ...GRACE, ...values })
      .returning();
    if (row === undefined) throw new Error("The entry was not inserted");
    return row;
  }
  const offered = {
    status: "offered",
    offeredQuantity: 2,
    offeredAt: new Date(),
    offerExpiresAt: new Date(Date.now() + 3_600_000),
  } as const;

  it("says who is before one, with a link that is one's own", async () => {
    const run = await createRun();
    await join(run.id, { email: "first@example.com" });
    await join(run.id, { email: "second@example.com", status: "withdrawn", endedAt: new Date() });
    const entry = await join(run.id);
    const mail = only(await compose("waitlist_joined", entry.id));
    expect(mail.text).toContain("Your position: 2");
    const key = keys.keyFor("waitlist", entry.id);
    expect(mail.text).toContain(`https://academy.example/waitlist#${entry.id}.${key}`);
  });

  it("offers as long as the offer stands, until a time in the reader's zone", async () => {
    const run = await createRun({ virtual: true });
    const entry = await join(run.id, {
      ...offered,
      offerExpiresAt: new Date("2037-03-01T12:00:00Z"),
      timeZone: "Asia/Tokyo",
    });
    const mail = only(await compose("offer", entry.id));
    expect(mail.text).toContain("Set aside until: Sunday, 1 March 2037, 21:00 Tokyo time (UTC+9)");
    expect(mail.subject).toContain("2 places");
    const over = await join(run.id, {
      ...offered,
      email: "late@example.com",
      offerExpiresAt: new Date(Date.now() - 1000),
    });
    expect(await compose("offer", over.id)).toEqual([]);
  });

  it("tells of an end, and only of the one that it was", async () => {
    const run = await createRun();
    const endedAt = new Date();
    const lapsed = await join(run.id, { ...offered, status: "lapsed", endedAt });
    const closed = await join(run.id, { status: "closed", endedAt });
    expect(await compose("offer_lapsed", lapsed.id)).toHaveLength(1);
    expect(await compose("waitlist_closed", closed.id)).toHaveLength(1);
    expect(await compose("offer", lapsed.id)).toEqual([]);
    expect(await compose("waitlist_joined", lapsed.id)).toEqual([]);
    expect(await compose("waitlist_closed", lapsed.id)).toEqual([]);
  });
});

describe("a late payment", () => {
  async function pay(bookingId: string, outcome: "applied" | "late") {
    const id = uuidv7();
    await database()
      .db.insert(payment)
      .values({ id, bookingId, reference: id, amount: 12_500_00, currency: "NOK", outcome });
    return id;
  }

  it("that found places is told to the booker", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA]);
    const mail = only(await compose("late_payment_seated", await pay(placed.id, "applied")));
    expect(mail.recipientEmail).toBe(GRACE.email);
    expect(mail.text).toMatch(/NOK\s12,500/u);
    expect(mail.calendarMethod).toBe("PUBLISH");
  });

  it("that found none is told to the booker and to staff, until it is decided", async () => {
    const run = await createRun();
    const placed = await createBooking(run.id, [ADA], {
      status: "expired",
      confirmedAt: null,
      expiresAt: new Date(Date.now() - 1000),
    });
    const id = await pay(placed.id, "late");
    expect(only(await compose("late_payment_pending", id)).recipientEmail).toBe(GRACE.email);
    const toStaff = only(await compose("late_payment_staff", id));
    expect(toStaff.recipientEmail).toBe("staff@academy.example");
    expect(toStaff.text).not.toContain(keys.keyFor("booking", placed.id));
    expect(await compose("late_payment_seated", id)).toEqual([]);
    await database()
      .db.update(payment)
      .set({ resolvedAt: new Date(), resolution: "refunded" })
      .where(eq(payment.id, id));
    await database().db.delete(mailMessage).where(eq(mailMessage.aboutId, id));
    expect(await compose("late_payment_staff", id)).toEqual([]);
  });
});
