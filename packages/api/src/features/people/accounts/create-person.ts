import { password, person } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { claimGuestBookings } from "../../bookings/claim-guest-bookings.ts";
import { recordConsent } from "../privacy/record-consent.ts";
import { actingAs } from "./complete-sign-in.ts";

/** Somebody whose address has been shown to be theirs. */
export interface NewPerson {
  readonly name: string;
  readonly email: string;
  /** NULL for who signs in otherwise. */
  readonly passwordHash: string | null;
  readonly language?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly acceptsNewsletter?: boolean;
}

/**
 * Makes an account of somebody whose address has been shown to be theirs, and gives them what was booked
 * with it before.
 *
 * @returns its id, or `undefined` where the address has one meanwhile
 */
export async function createPerson(
  tx: Transaction,
  call: Call,
  wanted: NewPerson,
): Promise<string | undefined> {
  const id = uuidv7();
  const [created] = await tx
    .insert(person)
    .values({
      id,
      name: wanted.name,
      email: wanted.email,
      emailVerifiedAt: sql`clock_timestamp()`,
      ...(wanted.language != null && { language: wanted.language }),
      timeZone: wanted.timeZone ?? null,
    })
    .onConflictDoNothing()
    .returning({ id: person.id });
  if (created === undefined) return undefined;
  if (wanted.passwordHash !== null) {
    await tx.insert(password).values({ personId: id, hash: wanted.passwordHash });
  }
  const own = actingAs(call, id);
  await recordConsent(tx, own, id, "terms");
  await recordConsent(tx, own, id, "privacy");
  if (wanted.acceptsNewsletter === true) await recordConsent(tx, own, id, "newsletter");
  await claimGuestBookings(tx, id, wanted.email);
  await recordAudit(tx, own, {
    action: "person.sign_up",
    entity: "person",
    entityId: id,
    before: null,
    after: { hasPassword: wanted.passwordHash !== null },
  });
  return id;
}
