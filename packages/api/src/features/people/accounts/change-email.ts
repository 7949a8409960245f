import { DONE } from "../../../shared/done.ts";
import { consumeOneTime, issueOneTime } from "@lectern/auth/one-time";
import type { ConfirmEmailChangeInput, Done, EmailInput } from "@lectern/contract/accounts";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { person } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { claimGuestBookings } from "../../bookings/claim-guest-bookings.ts";
import { tell } from "../../notifications/tell.ts";
import { actingAs, linkNotUsable } from "./complete-sign-in.ts";
import type { PersonCall } from "./person-call.ts";
import { callerOf, sameAddress, throttleBy } from "./throttles.ts";

const CHANGE_SECONDS = 24 * 3600;

/**
 * Sends a link to a new address; nothing changes before it is used. Whether the address has an account
 * already shows only to who reads its mails.
 *
 * @throws RateLimited
 */
export async function askForEmailChange(
  db: Database,
  call: PersonCall,
  { email }: z.infer<typeof EmailInput>,
): Promise<Done> {
  await throttleBy(db, "mail.address", callerOf(call));
  await throttleBy(db, "mail.recipient", sameAddress(email));
  await transaction(db, {}, async (tx) => {
    const id = await issueOneTime(tx, {
      kind: "change_email",
      personId: call.actor.id,
      email,
      lifetimeSeconds: CHANGE_SECONDS,
      replacesOthers: true,
    });
    await tell(tx, "email_change_asked", id);
    await recordAudit(tx, call, {
      action: "person.ask_email_change",
      entity: "person",
      entityId: call.actor.id,
      before: null,
      after: {},
    });
  });
  return DONE;
}

/**
 * Changes the address of an account by the link that was sent there, and tells the old one.
 *
 * @throws LinkNotUsable for a link that is used or too old, and for an address that has an account
 */
export async function confirmEmailChange(
  db: Database,
  call: Call,
  { proof }: z.infer<typeof ConfirmEmailChangeInput>,
): Promise<Done> {
  await throttleBy(db, "link.address", callerOf(call));
  try {
    await transaction(db, {}, async (tx) => {
      const token = await consumeOneTime(tx, call.accessKeys, "change_email", proof);
      if (token === undefined || token.personId === null || token.email === null) {
        throw linkNotUsable();
      }
      const isThere = and(
        eq(person.id, token.personId),
        isNull(person.erasedAt),
        isNull(person.mergedIntoId),
      );
      const [before] = await tx
        .select({ name: person.name, email: person.email })
        .from(person)
        .where(isThere)
        // Who books with this address meanwhile holds the row by its key.
        .for("no key update");
      if (before === undefined) throw linkNotUsable();
      await tx
        .update(person)
        .set({
          email: token.email,
          emailVerifiedAt: sql`clock_timestamp()`,
          version: sql`${person.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(isThere);
      await claimGuestBookings(tx, token.personId, token.email);
      await tell(tx, "email_changed", token.personId, { to: before });
      await recordAudit(tx, actingAs(call, token.personId), {
        action: "person.change_email",
        entity: "person",
        entityId: token.personId,
        before: null,
        after: {},
      });
    });
  } catch (error) {
    if (violates(error, "person_email_key")) throw linkNotUsable();
    throw error;
  }
  return DONE;
}
