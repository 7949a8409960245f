import { text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { lockAddress } from "./accounts-of-addresses.ts";

const OWNER = { personId: uuid, email: text };

const claimBookings = prepared("bookings.claimGuests", OWNER, (_, $) =>
  rows(
    { id: uuid },
    sql`UPDATE booking SET booker_id = ${$.personId}
      WHERE booker_id IS NULL AND booker_email IS NOT NULL AND lower(booker_email) = lower(${$.email})
      RETURNING id`,
  ),
);

const claimRegistrations = prepared("registrations.claimGuests", OWNER, (_, $) =>
  rows(
    { id: uuid },
    sql`UPDATE registration SET learner_id = ${$.personId}
      WHERE learner_id IS NULL AND learner_email IS NOT NULL AND lower(learner_email) = lower(${$.email})
      RETURNING id`,
  ),
);

const claimEntries = prepared("waitlist.claimGuests", OWNER, (_, $) =>
  rows(
    { id: uuid },
    sql`UPDATE waitlist_entry SET person_id = ${$.personId}
      WHERE person_id IS NULL AND lower(email) = lower(${$.email})
      RETURNING id`,
  ),
);

/** How much of each kind an account took over. */
export interface Claimed {
  readonly bookings: number;
  readonly registrations: number;
  readonly waitlistEntries: number;
}

/**
 * Gives an account what was booked, learnt and waited for with its address while it had none: in the
 * transaction in which the address has been shown to be theirs. What has an account already keeps it.
 * Who books with the address at the same moment either is seen here, or sees the account.
 *
 * @param email in any letter case
 */
export async function claimGuestBookings(
  tx: Transaction,
  personId: string,
  email: string,
): Promise<Claimed> {
  await lockAddress(tx, email);
  // In the order in which bookings are locked: the booking before its registrations.
  const bookings = await claimBookings.execute(tx, { personId, email });
  const registrations = await claimRegistrations.execute(tx, { personId, email });
  const entries = await claimEntries.execute(tx, { personId, email });
  return {
    bookings: bookings.length,
    registrations: registrations.length,
    waitlistEntries: entries.length,
  };
}
