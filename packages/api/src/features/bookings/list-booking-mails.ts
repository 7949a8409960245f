import type { BookingMailsInput } from "@lectern/contract/booking-office";
import type { MailListOutput } from "@lectern/contract/mail";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { mailMessage } from "@lectern/database/schema/mail";
import { and, desc, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { mailSummaryColumns, toMailSummary } from "../notifications/mail-summary.ts";
import { requireOfficeBooking } from "./office-booking.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * Mails about a booking, its places, money for it and the offer that it came from, the newest first.
 *
 * @throws NotFound; Invalid for a mistyped reference and a cursor of another list
 */
export async function listBookingMails(
  db: Database,
  call: Call,
  { reference, cursor, limit }: z.infer<typeof BookingMailsInput>,
): Promise<z.infer<typeof MailListOutput>> {
  const after = decodeCursor(cursor, CursorKey);
  const { id } = await requireOfficeBooking(db, call, "bookings.read.any", reference);
  // Found before they are put in order (OFFSET 0): a booking has a few, of very many.
  const isAbout = sql`${mailMessage.id} IN (
    SELECT m.id FROM (
      SELECT ${id}::uuid AS id
      UNION ALL SELECT r.id FROM registration AS r WHERE r.booking_id = ${id}::uuid
      UNION ALL SELECT p.id FROM payment AS p WHERE p.booking_id = ${id}::uuid
      UNION ALL SELECT w.id FROM waitlist_entry AS w WHERE w.booking_id = ${id}::uuid
    ) AS about CROSS JOIN LATERAL (
      SELECT mail.id FROM ${mailMessage} AS mail WHERE mail.about_id = about.id
    ) AS m OFFSET 0)`;
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${mailMessage.createdAt}, ${mailMessage.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select(mailSummaryColumns)
      .from(mailMessage)
      .where(and(isAbout, isAfter))
      .orderBy(desc(mailMessage.createdAt), desc(mailMessage.id))
      .limit(limit + 1),
    db.$count(mailMessage, isAbout),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(toMailSummary),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}
