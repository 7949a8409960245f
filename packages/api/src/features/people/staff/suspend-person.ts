import { DONE } from "../../../shared/done.ts";
import { personOf } from "@lectern/auth/actor";
import { Done } from "@lectern/contract/accounts";
import type { PersonChangeInput, PersonSuspendInput } from "@lectern/contract/people";
import type { Database } from "@lectern/database/queryable";
import { person } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { conflict } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import { endAccess } from "../accounts/end-access.ts";
import { tell } from "../../notifications/tell.ts";
import { isAdministrator, lockAdministrators, requireAdministrator } from "./roles.ts";
import { requirePerson } from "./require-person.ts";

/**
 * Keeps somebody out: at once, and until they are restored. What is theirs stays.
 *
 * @throws NotFound; Conflict `wrong_state` for who is suspended already, and for oneself; `last_one` for the
 *   last administrator; IdempotencyMismatch
 */
export async function suspendPerson(
  db: Database,
  call: Call,
  input: z.infer<typeof PersonSuspendInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.suspend", input, Done, async () => {
      await lockAdministrators(tx);
      const found = await requirePerson(tx, input.id);
      if (personOf(call.actor) === input.id) {
        throw conflict("person", "wrong_state", "Nobody can suspend themselves.", "self");
      }
      if (found.suspendedAt !== null) {
        throw conflict("person", "wrong_state", "They are suspended already.", "suspended");
      }
      await tx
        .update(person)
        .set({
          suspendedAt: sql`clock_timestamp()`,
          suspendedReason: input.reason,
          version: sql`${person.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(person.id, input.id));
      if (await isAdministrator(tx, input.id)) await requireAdministrator(tx);
      await endAccess(tx, input.id);
      await recordAudit(tx, call, {
        action: "person.suspend",
        entity: "person",
        entityId: input.id,
        before: { isSuspended: false },
        after: { isSuspended: true },
      });
      await tell(tx, "account_suspended", input.id);
      return DONE;
    }),
  );
}

/** @throws NotFound; Conflict `wrong_state` for who is not suspended; IdempotencyMismatch */
export async function restorePerson(
  db: Database,
  call: Call,
  input: z.infer<typeof PersonChangeInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.restore", input, Done, async () => {
      const found = await requirePerson(tx, input.id);
      if (found.suspendedAt === null) {
        throw conflict("person", "wrong_state", "They are not suspended.", "active");
      }
      await tx
        .update(person)
        .set({
          suspendedAt: null,
          suspendedReason: null,
          version: sql`${person.version} + 1`,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(person.id, input.id));
      await recordAudit(tx, call, {
        action: "person.restore",
        entity: "person",
        entityId: input.id,
        before: { isSuspended: true },
        after: { isSuspended: false },
      });
      return DONE;
    }),
  );
}

/** Signs somebody out everywhere, such as when a device was stolen. @throws NotFound, IdempotencyMismatch */
export async function signOutPerson(
  db: Database,
  call: Call,
  input: z.infer<typeof PersonChangeInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "people.signOut", input, Done, async () => {
      await requirePerson(tx, input.id);
      await endAccess(tx, input.id);
      await recordAudit(tx, call, {
        action: "person.sign_out_everywhere",
        entity: "person",
        entityId: input.id,
        before: null,
        after: { bySomebodyElse: true },
      });
      return DONE;
    }),
  );
}
