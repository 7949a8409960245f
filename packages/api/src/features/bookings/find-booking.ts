import type { BookingProof, BookingDetail } from "@lectern/contract/bookings";
import type { Database } from "@lectern/database/queryable";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { readBooking, requireBooking } from "./read-booking.ts";

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
  const { id } = await requireBooking(db, call, input, "bookings.read.any");
  return readBooking(db, call, id);
}
