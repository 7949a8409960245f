import { rememberDevice } from "@lectern/auth/known-device";
import { isStaffRole } from "@lectern/auth/roles";
import type { SignInMethod } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { person, roleAssignment } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import type { Auth, Browser } from "../../../trpc/context.ts";
import { tell } from "../../notifications/tell.ts";

/** What signing in works on, beside the call. */
export interface SignInParts {
  readonly auth: Auth;
  readonly browser: Browser;
}

export interface ShownIdentity {
  readonly personId: string;
  readonly method: SignInMethod;
  /** Whether what was shown counts as two factors. */
  readonly hasSecondFactor: boolean;
}

/**
 * Signs somebody in who has shown all that has to be shown: begins a session of its own for the browser,
 * ends the one that it had, and remembers the device. Its owner is told of a device that was not seen
 * before, unless it is their first.
 *
 * @throws SignInFailed `suspended`, or `wrong` for an account that is not there any more
 */
export async function completeSignIn(
  db: Database,
  call: Call,
  { auth, browser }: SignInParts,
  { personId, method, hasSecondFactor }: ShownIdentity,
): Promise<void> {
  const found = await findEnabled(db, personId);
  const roles = await db
    .select({ role: roleAssignment.role })
    .from(roleAssignment)
    .where(eq(roleAssignment.personId, personId));
  if (call.actor.kind === "person") await auth.sessions.end(db, call.actor.session.id);
  const session = await auth.sessions.begin(db, {
    personId,
    method,
    hasSecondFactor,
    isStaff: roles.some(({ role }) => isStaffRole(role)),
    address: call.origin.address,
    client: browser.name ?? call.origin.client,
  });
  const device = await rememberDevice(db, browser.deviceToken, personId);
  await transaction(db, {}, async (tx) => {
    await recordAudit(tx, actingAs(call, personId, session.id, hasSecondFactor), {
      action: "person.sign_in",
      entity: "person",
      entityId: personId,
      before: null,
      after: { method, hasSecondFactor },
    });
    if (!device.wasKnown && found.hasSignedInBefore) await tell(tx, "new_sign_in", personId);
  });
  browser.keepSession(session);
  browser.keepDevice(device.token);
}

async function findEnabled(
  db: Database,
  personId: string,
): Promise<{ readonly hasSignedInBefore: boolean }> {
  const [found] = await db
    .select({
      isSuspended: sql<boolean>`${person.suspendedAt} IS NOT NULL`,
      hasSignedInBefore: sql<boolean>`EXISTS (SELECT FROM known_device d WHERE d.person_id = "person"."id")`,
    })
    .from(person)
    .where(and(eq(person.id, personId), isNull(person.erasedAt), isNull(person.mergedIntoId)));
  if (found === undefined) throw signInFailed("wrong");
  if (found.isSuspended) throw signInFailed("suspended");
  return found;
}

/** @returns the call as that of the person who has just shown who they are, for the audit log */
export function actingAs(
  call: Call,
  personId: string,
  sessionId = "",
  hasSecondFactor = false,
): Call {
  return {
    ...call,
    actor: {
      kind: "person",
      id: personId,
      name: "",
      email: "",
      grants: [],
      session: { id: sessionId, hasSecondFactor, confirmedAt: new Date() },
      needsSecondFactor: null,
    },
  };
}

/** Nobody is told whether there is such an account; its owner, who has shown the password, is told that it is suspended. */
export function signInFailed(reason: "wrong" | "suspended"): DomainError {
  return new DomainError(
    { code: "SignInFailed", data: { reason } },
    reason === "wrong"
      ? "The e-mail address or the password is not right."
      : "This account is suspended. Please write to the academy.",
  );
}

/** A link, code or step that is good for nothing. */
export function linkNotUsable(): DomainError {
  return new DomainError(
    { code: "LinkNotUsable", data: {} },
    "This link is not good any more: it was used, or is too old. Ask for a new one.",
  );
}
