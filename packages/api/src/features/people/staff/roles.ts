import { DONE } from "../../../shared/done.ts";
import { personOf } from "@lectern/auth/actor";
import { PERMISSIONS_OF } from "@lectern/auth/roles";
import { scopesOf } from "@lectern/auth/permissions";
import { END_DAYS } from "@lectern/auth/sessions/sessions";
import { Done } from "@lectern/contract/accounts";
import type { RoleAssignInput, RoleRevokeInput } from "@lectern/contract/people";
import type { StaffRole } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { authSession, roleAssignment } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict, invalid, notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { requirePerson } from "./require-person.ts";

/** Any number that no other advisory lock of Lectern has: who changes administrators does so one after the other. */
const ADMINISTRATORS_LOCK = 7_250_115;

/** @throws Invalid for a country with a role none of whose permissions can be held for one */
export function requireScopedRole(role: StaffRole, country: string | null): void {
  if (country === null) return;
  const isScopable =
    role !== "administrator" &&
    role !== "instructor" &&
    PERMISSIONS_OF[role].some((permission) =>
      scopesOf(permission).some((scope) => scope === "country"),
    );
  if (!isScopable) throw invalid("country", "This role can't be held for one country.");
}

/**
 * Gives somebody a role of staff. Who is signed in with it shows a second factor first, where policy asks
 * for one.
 *
 * @throws NotFound; Invalid; Conflict `already_exists`; IdempotencyMismatch
 */
export async function assignRole(
  db: Database,
  call: Call,
  input: z.infer<typeof RoleAssignInput>,
): Promise<Done> {
  const { personId, role } = input;
  const country = input.country ?? null;
  requireScopedRole(role, country);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.assignRole", input, Done, async () => {
      await requirePerson(tx, personId);
      const given = await tx
        .insert(roleAssignment)
        .values({ id: uuidv7(), personId, role, country, grantedById: personOf(call.actor) })
        .onConflictDoNothing()
        .returning({ id: roleAssignment.id });
      if (given.length === 0) {
        throw conflict("role_assignment", "already_exists", "They have this role already.", role);
      }
      await shortenSessions(tx, personId);
      await recordAudit(tx, call, {
        action: "person.assign_role",
        entity: "person",
        entityId: personId,
        before: null,
        after: { role, country },
      });
      return DONE;
    }),
  );
}

/** Sessions of staff end sooner, those that are there included. */
export async function shortenSessions(tx: Transaction, personId: string): Promise<void> {
  const end = sql`clock_timestamp() + make_interval(days => ${END_DAYS.staff})`;
  await tx
    .update(authSession)
    .set({
      endsAt: sql`least(${authSession.endsAt}, ${end})`,
      expiresAt: sql`least(${authSession.expiresAt}, ${end})`,
    })
    .where(eq(authSession.personId, personId));
}

/**
 * Takes a role of staff from somebody: from their next request on, they have it no more.
 *
 * @throws NotFound; Conflict `last_one` for the last administrator; IdempotencyMismatch
 */
export async function revokeRole(
  db: Database,
  call: Call,
  input: z.infer<typeof RoleRevokeInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.revokeRole", input, Done, async () => {
      await lockAdministrators(tx);
      const [gone] = await tx
        .delete(roleAssignment)
        .where(
          and(
            eq(roleAssignment.id, input.assignmentId),
            // Those of organisations are the organisations' business.
            isNull(roleAssignment.organisationId),
          ),
        )
        .returning();
      if (gone === undefined) throw notFound("role_assignment", input.assignmentId);
      if (gone.role === "administrator") await requireAdministrator(tx);
      await recordAudit(tx, call, {
        action: "person.revoke_role",
        entity: "person",
        entityId: gone.personId,
        before: { role: gone.role, country: gone.country },
        after: null,
      });
      return DONE;
    }),
  );
}

/** Makes those wait who would take away administrators at the same time. */
export async function lockAdministrators(tx: Transaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ADMINISTRATORS_LOCK})`);
}

export async function isAdministrator(tx: Transaction, personId: string): Promise<boolean> {
  const isTheirs = and(
    eq(roleAssignment.personId, personId),
    eq(roleAssignment.role, "administrator"),
  );
  return (await tx.$count(roleAssignment, isTheirs)) > 0;
}

/** @throws Conflict `last_one` when no administrator who may sign in is left */
export async function requireAdministrator(tx: Transaction): Promise<void> {
  const left = await tx.$count(
    roleAssignment,
    and(
      eq(roleAssignment.role, "administrator"),
      sql`EXISTS (SELECT FROM person p WHERE p.id = ${roleAssignment.personId}
        AND p.suspended_at IS NULL AND p.merged_into_id IS NULL AND p.erased_at IS NULL)`,
    ),
  );
  if (left > 0) return;
  throw conflict(
    "role_assignment",
    "last_one",
    "This is the last administrator: make somebody else one first.",
    "administrator",
  );
}
