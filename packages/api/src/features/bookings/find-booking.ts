import type { BookingProof, BookingDetail } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { withRunInLanguage } from "../../shared/in-language.ts";
import { readBookingRows, requireBooking, toBookingDetail } from "./read-booking.ts";
import { parseReference } from "./reference.ts";

/**
 * A booking, for whoever holds its key.
 *
 * @throws NotFound for an unknown reference and a wrong key alike; Invalid for a mistyped reference
 */
export async function findBooking(
  db: Database,
  call: Call,
  input: z.infer<typeof BookingProof>,
): Promise<BookingDetail> {
  const reference = parseReference(input.reference);
  // At once, to save a round trip: what was read goes to nobody who may not see it.
  const [, found] = await Promise.all([
    requireBooking(db, call, input, "bookings.read.any"),
    readBookingRows(db, reference),
  ]);
  const detail = await toBookingDetail(call, reference, found);
  return withRunInLanguage(db, call.language, detail);
}
