import { type PeopleMergeInput, PeopleMerged } from "@lectern/contract/people";
import type { Database } from "@lectern/database/queryable";
import { booking, registration, waitlistEntry } from "@lectern/database/schema/bookings";
import {
  externalIdentity,
  oneTimeToken,
  passkey,
  password,
  person,
  recoveryCode,
  roleAssignment,
  totpCredential,
} from "@lectern/database/schema/people";
import { instructor } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, invalid } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { tell } from "../../notifications/tell.ts";
import { endAccess } from "../accounts/end-access.ts";
import { requirePerson } from "./require-person.ts";
import { shortenSessions } from "./roles.ts";

type MergeInput = z.infer<typeof PeopleMergeInput>;
type Merged = z.infer<typeof PeopleMerged>;

/**
 * Makes one account of two of the same person: bookings, places, queues and roles of the one go to the
 * other. The one can't sign in any more, and what it signed in with is gone; the other signs in as before.
 *
 * @throws NotFound; Invalid for one account twice; Conflict `wrong_state` for one that is suspended, `last_one`;
 *   IdempotencyMismatch
 */
export async function mergePeople(db: Database, call: Call, input: MergeInput): Promise<Merged> {
  if (input.fromId === input.intoId) throw invalid("intoId", "This is the same account.");
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.merge", input, PeopleMerged, () => merge(tx, call, input)),
  );
}

async function merge(tx: Transaction, call: Call, input: MergeInput): Promise<Merged> {
  const { fromId, intoId } = input;
  // In the order of their ids: two who merge the same accounts crosswise wait, and don't block each other.
  for (const id of [fromId, intoId].toSorted()) {
    const found = await requirePerson(tx, id);
    if (found.suspendedAt !== null) {
      throw conflict("person", "wrong_state", "A suspended account can't be merged.", "suspended");
    }
  }
  const bookings = await tx
    .update(booking)
    .set({ bookerId: intoId })
    .where(eq(booking.bookerId, fromId))
    .returning({ id: booking.id });
  const registrations = await tx
    .update(registration)
    .set({ learnerId: intoId })
    .where(eq(registration.learnerId, fromId))
    .returning({ id: registration.id });
  const waitlistEntries = await tx
    .update(waitlistEntry)
    .set({ personId: intoId })
    .where(eq(waitlistEntry.personId, fromId))
    .returning({ id: waitlistEntry.id });
  const roles = await moveRoles(tx, fromId, intoId);
  await moveInstructor(tx, fromId, intoId);
  // What was the other's may be more than it had: its sessions are those of who has that.
  if (roles > 0) await shortenSessions(tx, intoId);
  await endAccess(tx, fromId);
  for (const table of [password, totpCredential, passkey, recoveryCode, oneTimeToken]) {
    await tx.delete(table).where(eq(table.personId, fromId));
  }
  await tx
    .update(externalIdentity)
    .set({ personId: intoId })
    .where(eq(externalIdentity.personId, fromId));
  await tx
    .update(person)
    .set({
      mergedIntoId: intoId,
      version: sql`${person.version} + 1`,
      updatedAt: sql`clock_timestamp()`,
    })
    .where(eq(person.id, fromId));
  const moved = {
    bookings: bookings.length,
    registrations: registrations.length,
    waitlistEntries: waitlistEntries.length,
    roles,
  };
  await recordAudit(tx, call, {
    action: "person.merge",
    entity: "person",
    entityId: fromId,
    before: null,
    after: { intoId, ...moved },
  });
  await tell(tx, "accounts_merged", fromId);
  return { id: intoId, moved };
}

/** @returns how many roles the account that stays has now that it had not */
async function moveRoles(tx: Transaction, fromId: string, intoId: string): Promise<number> {
  const moved = await tx
    .update(roleAssignment)
    .set({ personId: intoId })
    .where(
      sql`${roleAssignment.personId} = ${fromId} AND NOT EXISTS (
        SELECT FROM role_assignment a WHERE a.person_id = ${intoId} AND (
          (a.organisation_id IS NOT NULL AND a.organisation_id = ${roleAssignment.organisationId})
          OR (a.organisation_id IS NULL AND ${roleAssignment.organisationId} IS NULL
            AND a.role = ${roleAssignment.role}
            AND a.country IS NOT DISTINCT FROM ${roleAssignment.country})
        ))`,
    )
    .returning({ id: roleAssignment.id });
  await tx.delete(roleAssignment).where(eq(roleAssignment.personId, fromId));
  return moved.length;
}

/** An account is one instructor at most: the one that stays keeps its own. */
async function moveInstructor(tx: Transaction, fromId: string, intoId: string): Promise<void> {
  const taken = await tx.$count(instructor, eq(instructor.personId, intoId));
  await tx
    .update(instructor)
    .set({ personId: taken > 0 ? null : intoId })
    .where(eq(instructor.personId, fromId));
}
