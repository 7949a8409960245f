import {
  type LecternClient,
  type RouterInputs,
  type RouterOutputs,
  createClient,
  newIdempotencyKey,
} from "@lectern/client";
import { inject, vi } from "vitest";

/** What people do around a page that is tested: staff schedule dates, others book, mails arrive. */

const DAY_MS = 86_400_000;

let clients: { readonly staff: LecternClient; readonly visitor: LecternClient } | undefined;

/** The academy's staff, and somebody of the public. */
export function people() {
  clients ??= {
    staff: createClient({ url: inject("site"), token: inject("operatorToken") }),
    visitor: createClient({ url: inject("site") }),
  };
  return clients;
}

/** Somebody of the public on a network of their own: what the server allows of one network is not used up by others. */
export function newcomer(): LecternClient {
  const network = Array.from({ length: 3 }, () => Math.floor(Math.random() * 256)).join(".");
  return createClient({
    url: inject("site"),
    fetch: (url, init) => {
      const headers = new Headers(init.headers);
      headers.set("x-forwarded-for", `10.${network}`);
      return fetch(url, { ...init, headers });
    },
  });
}

/** An address that nobody else in these tests has. */
export function newAddress(name: string): string {
  return `${name}-${newIdempotencyKey().slice(0, 12).toLowerCase()}@example.com`;
}

/** The first day of a date that many days from now, as sessions are scheduled. */
export function dayIn(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Each date begins a week after the one before, so that an order of dates is an order of scheduling. */
let weeks = 0;

/**
 * Schedules a date of a course for one test: 20,000 kroner a place, a quarter of it kept when it is
 * cancelled, a tenth when it is moved.
 */
export async function scheduleRun(
  capacity: number,
  more: Partial<RouterInputs["runs"]["schedule"]> = {},
): Promise<RouterOutputs["runs"]["schedule"]> {
  const { staff, visitor } = people();
  weeks += 1;
  const course = await visitor.courses.bySlug.query({ slug: "secure-web-applications" });
  const { venues } = await staff.runs.options.query();
  const oslo = venues.find(({ city }) => city === "Oslo");
  if (oslo === undefined) throw new Error("The demo academy has no venue in Oslo");
  return staff.runs.schedule.mutate({
    courseId: course.id,
    deliveryMode: "classroom",
    venueId: oslo.id,
    timeZone: oslo.timeZone,
    language: "en",
    pattern: { from: dayIn(60 + weeks * 7), sessions: 2, start: "09:00", end: "17:00" },
    capacity,
    price: { amount: 20_000_00, currency: "NOK" },
    cancellationPolicy: {
      tiers: [{ daysBefore: 0, feeBasisPoints: 2500, transferFeeBasisPoints: 1000 }],
    },
    idempotencyKey: newIdempotencyKey(),
    ...more,
  });
}

export interface Booked {
  readonly reference: string;
  readonly accessKey: string;
}

/** Somebody else books places, and comes to the first of them. */
export async function bookPlaces(
  runId: string,
  places: number,
  more: Partial<RouterInputs["bookings"]["confirm"]> = {},
): Promise<Booked> {
  const { bookings } = people().visitor;
  const { reference, accessKey } = await bookings.hold.mutate({
    runId,
    places,
    idempotencyKey: newIdempotencyKey(),
  });
  const booker = { name: "Ada Lovelace", email: newAddress("ada") };
  await bookings.confirm.mutate({
    reference,
    accessKey,
    booker,
    learners: [booker],
    acceptsTerms: true,
    idempotencyKey: newIdempotencyKey(),
    ...more,
  });
  return { reference, accessKey };
}

export async function cancelBooking({ reference, accessKey }: Booked): Promise<void> {
  const idempotencyKey = newIdempotencyKey();
  await people().visitor.bookings.cancel.mutate({ reference, accessKey, idempotencyKey });
}

/** Somebody gets in line. @returns the address of their page, without the site's */
export async function joinWaitlist(
  runId: string,
  more: Partial<RouterInputs["waitlist"]["join"]> = {},
) {
  const { entryId, accessKey } = await people().visitor.waitlist.join.mutate({
    runId,
    quantity: 1,
    name: "Bo",
    email: newAddress("bo"),
    idempotencyKey: newIdempotencyKey(),
    ...more,
  });
  return { entryId, accessKey, path: `/waitlist#${entryId}.${accessKey}` };
}

/** The address that opens a booking, without the site's. */
export function bookingPath({ reference, accessKey }: Booked): string {
  return `/bookings/${reference}#key=${accessKey}`;
}

let mailboxSession: Promise<string> | undefined;

/** Opens the academy's mailbox with its key. @returns the cookie that shows that */
async function openMailbox(): Promise<string> {
  const answer = await fetch(`${inject("site")}/mailbox/session`, {
    method: "POST",
    body: new URLSearchParams({ key: inject("mailboxKey") }),
    redirect: "manual",
  });
  const [cookie = ""] = (answer.headers.get("set-cookie") ?? "").split(";");
  if (cookie === "") throw new Error("The mailbox stays closed");
  return cookie;
}

/**
 * Waits for a mail to somebody, and reads it in the academy's mailbox.
 *
 * @param page of the site that a link in it leads to, such as `/claim#`
 * @returns the first such address, without the site's
 */
export async function linkMailedTo(
  email: string,
  kind: NonNullable<RouterInputs["mail"]["list"]["kinds"]>[number],
  page: string,
): Promise<string> {
  const { mail } = people().staff;
  mailboxSession ??= openMailbox();
  const headers = { cookie: await mailboxSession };
  return vi.waitFor(
    async () => {
      const { items } = await mail.list.query({ kinds: [kind], limit: 100 });
      const found = items.find(({ recipient }) => recipient.email === email);
      if (found === undefined) throw new Error(`No mail of the kind ${kind} to ${email}`);
      const address = `${inject("site")}/mailbox/mails/${found.id}/html`;
      const html = await (await fetch(address, { headers })).text();
      const link = new RegExp(`https?://[^/"]+(${page}[^"]*)"`, "u").exec(html)?.[1];
      if (link === undefined) throw new Error(`No link to ${page} in the mail ${found.subject}`);
      return link;
    },
    { timeout: 20_000, interval: 250 },
  );
}
