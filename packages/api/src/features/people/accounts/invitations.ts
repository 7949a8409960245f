import { consumeOneTime, findOneTime } from "@lectern/auth/one-time";
import { isStaffRole } from "@lectern/auth/roles";
import type {
  AcceptInvitationInput,
  Invitation,
  InvitationInput,
  SignInAnswer,
} from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { person, roleAssignment } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { DomainError } from "../../../domain-error.ts";
import { requireTimeZone } from "../../../shared/zoned-time.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { listFactors } from "../factors/list-factors.ts";
import { shortenSessions } from "../staff/roles.ts";
import { type SignInParts, actingAs, linkNotUsable } from "./complete-sign-in.ts";
import { createPerson } from "./create-person.ts";
import { type AccountRow, accountByEmail } from "./find-person.ts";
import { InvitationData } from "./invitation-data.ts";
import { hashNewPassword } from "./password-rules.ts";
import { visitorOf } from "./password-visitor.ts";
import { checkPassword, finishOrAsk } from "./sign-in.ts";
import { callerOf, throttleBy } from "./throttles.ts";

type Proof = z.infer<typeof InvitationInput>["proof"];

/** @throws LinkNotUsable for one that is used, too old, or of an organisation that is gone */
async function requireInvitation(db: Database, call: Call, proof: Proof) {
  const token = await findOneTime(db, call.accessKeys, "invitation", proof);
  const data = InvitationData.safeParse(token?.data);
  if (token === undefined || token.email === null || !data.success) throw linkNotUsable();
  const { organisationId, inviterId } = data.data;
  const [company] =
    organisationId === null
      ? []
      : await db
          .select({ name: organisation.name })
          .from(organisation)
          .where(and(eq(organisation.id, organisationId), isNull(organisation.archivedAt)));
  if (organisationId !== null && company === undefined) throw linkNotUsable();
  const [inviter] =
    inviterId === null
      ? []
      : await db
          .select({ name: person.name })
          .from(person)
          .where(and(eq(person.id, inviterId), isNull(person.erasedAt)));
  return {
    email: token.email,
    data: data.data,
    expiresAt: token.expiresAt,
    organisation: company?.name ?? null,
    inviter: inviter?.name ?? null,
  };
}

/**
 * What an invitation says, for whoever has its link.
 *
 * @throws LinkNotUsable, RateLimited
 */
export async function findInvitation(
  db: Database,
  call: Call,
  { proof }: z.infer<typeof InvitationInput>,
): Promise<Invitation> {
  await throttleBy(db, "link.address", callerOf(call));
  const { data, email, expiresAt, ...names } = await requireInvitation(db, call, proof);
  const existing = await accountByEmail.first(db, { email });
  return {
    name: data.name,
    email,
    role: data.role,
    ...names,
    hasAccount: existing !== undefined,
    expiresAt: expiresAt.toISOString(),
  };
}

/**
 * Accepts an invitation: makes an account, for which its link stands as proof of the address, or gives the
 * role to the account that is there, for which its password is shown. Signs in.
 *
 * @throws LinkNotUsable; Invalid for a password that would be guessed soon, or a name that is missing;
 *   SignInFailed for a wrong password of an account that is there; RateLimited
 */
export async function acceptInvitation(
  db: Database,
  call: Call,
  parts: SignInParts,
  input: z.infer<typeof AcceptInvitationInput>,
): Promise<SignInAnswer> {
  if (input.timeZone != null) requireTimeZone(input.timeZone, "timeZone");
  await throttleBy(db, "link.address", callerOf(call));
  const { email, data } = await requireInvitation(db, call, input.proof);
  const known = await accountByEmail.first(db, { email });
  if (known !== undefined) await requireOwner(db, call, parts, known, input.password);
  const name = input.name ?? data.name;
  const passwordHash =
    known === undefined
      ? await hashNewPassword(parts.auth, visitorOf(db, call), input.password ?? "", [name, email])
      : null;
  const personId = await transaction(db, {}, async (tx) => {
    const used = await consumeOneTime(tx, call.accessKeys, "invitation", input.proof);
    if (used === undefined) throw linkNotUsable();
    const language = input.language ?? data.language;
    const id =
      known?.id ??
      (await createPerson(tx, call, {
        name,
        email,
        passwordHash,
        language,
        timeZone: input.timeZone,
      }));
    if (id === undefined) throw linkNotUsable();
    await giveRole(tx, call, id, data);
    return id;
  });
  if (call.actor.kind === "person" && call.actor.id === personId) return { state: "signed_in" };
  return finishOrAsk(db, call, parts, personId, known === undefined ? "link" : "password");
}

/**
 * An account that is there gets no role before its owner has shown all that signing in asks for.
 *
 * @throws SignInFailed for a wrong password; SecondFactorRequired for who has to sign in first
 */
async function requireOwner(
  db: Database,
  call: Call,
  parts: SignInParts,
  existing: AccountRow,
  password: string | null | undefined,
): Promise<void> {
  const factors = await listFactors(db, existing.id);
  if (call.actor.kind === "person" && call.actor.id === existing.id) {
    if (factors.length === 0 || call.actor.session.hasSecondFactor) return;
  }
  await checkPassword(db, call, parts, { email: existing.email, password: password ?? "" });
  if (factors.length > 0) {
    throw new DomainError(
      { code: "SecondFactorRequired", data: { isEnrolled: true } },
      "This account has a second factor: sign in first, then open the invitation again.",
    );
  }
}

async function giveRole(
  tx: Transaction,
  call: Call,
  personId: string,
  { role, organisationId, country, inviterId }: InvitationData,
): Promise<void> {
  const given = await tx
    .insert(roleAssignment)
    .values({ id: uuidv7(), personId, role, organisationId, country, grantedById: inviterId })
    .onConflictDoNothing()
    .returning({ id: roleAssignment.id });
  // Who is in the organisation already has the role that they have.
  if (given.length === 0) return;
  if (isStaffRole(role)) await shortenSessions(tx, personId);
  await recordAudit(tx, actingAs(call, personId), {
    action: "person.accept_invitation",
    entity: "person",
    entityId: personId,
    before: null,
    after: { role, organisationId, country },
  });
}
