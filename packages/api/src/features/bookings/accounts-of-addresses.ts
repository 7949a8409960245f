import { type Actor, ownerOf } from "@lectern/auth/actor";
import { arrayOf, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { person } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import type { FoundBooking } from "./read-booking.ts";

/**
 * Whose bookings and places are whose: an address stands for its account, whatever the letter case, and
 * from whichever side it is found. Who gets an account takes what was booked with its address before
 * (`claimGuestBookings`); who books with the address of an account writes it down at once.
 */

/** The accounts of addresses, by the address in lower case. */
export type Accounts = ReadonlyMap<string, string>;

/** What both sides lock: of an address in lower case. A name of its own, beside other locks by address. */
const lockName = (email: ReturnType<typeof sql>) =>
  sql`hashtextextended('account ' || ${email}, 0)`;

const lockShared = prepared("bookings.lockAddresses", { emails: arrayOf(text) }, (_, $) =>
  rows(
    { email: text },
    sql`SELECT e.email, pg_advisory_xact_lock_shared(${lockName(sql`e.email`)})
      FROM (SELECT DISTINCT lower(unnest(${$.emails})) AS email ORDER BY 1) AS e`,
  ),
);

const lockAlone = prepared("bookings.lockAddress", { email: text }, (_, $) =>
  rows(
    { email: text },
    sql`SELECT e.email, pg_advisory_xact_lock(${lockName(sql`e.email`)})
      FROM (SELECT lower(${$.email}) AS email) AS e`,
  ),
);

const accounts = prepared("bookings.accountsOfAddresses", { emails: arrayOf(text) }, (_, $) =>
  rows(
    { id: person.id, email: text },
    sql`SELECT p.id, lower(p.email) AS email FROM person p
      WHERE lower(p.email) IN (SELECT lower(unnest(${$.emails})))
        AND p.email_verified_at IS NOT NULL AND p.merged_into_id IS NULL AND p.erased_at IS NULL`,
  ),
);

/**
 * Finds the accounts of addresses that are about to be written down, and sees to it that none comes into
 * being unseen until this transaction has ended. Called before anything else is locked.
 */
export async function accountsOfAddresses(
  tx: Transaction,
  emails: readonly string[],
): Promise<Accounts> {
  if (emails.length === 0) return new Map();
  const [, found] = await Promise.all([
    lockShared.execute(tx, { emails }),
    // A statement of its own, run after that one: it sees what was committed while that waited.
    accounts.execute(tx, { emails }),
  ]);
  return new Map(found.map(({ email, id }) => [email, id]));
}

/** Lets whoever writes an address down right now be done, and others wait until this transaction has ended. */
export async function lockAddress(tx: Transaction, email: string): Promise<void> {
  await lockAlone.first(tx, { email });
}

/** @returns the account of an address, among those that were looked for; `null` where it has none */
export function accountOf(known: Accounts, email: string): string | null {
  return known.get(email.toLowerCase()) ?? null;
}

/**
 * @param decider of the booking in this call: staff book for others, in whose account it is to be
 * @param email of the booker
 * @returns whose booking it becomes: of whoever is signed in, else of the booker's account; `null` for
 *   the booking of a guest
 */
export function bookerIdOf(
  actor: Actor,
  decider: FoundBooking["decider"],
  email: string,
  known: Accounts,
): string | null {
  const account = accountOf(known, email);
  const owner = decider === "booker" ? ownerOf(actor) : null;
  return owner ?? account;
}
