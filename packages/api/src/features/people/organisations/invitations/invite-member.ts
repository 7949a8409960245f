import { personOf } from "@lectern/auth/actor";
import { issueOneTime } from "@lectern/auth/one-time";
import { type Rate, countAttempt } from "@lectern/auth/throttle";
import {
  OrganisationInvitation,
  type OrganisationInviteInput,
} from "@lectern/contract/organisations";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken, person, roleAssignment } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../../call.ts";
import { conflict } from "../../../../domain-error.ts";
import { recordAudit } from "../../../../shared/audit.ts";
import { onceOnly } from "../../../../shared/once-only.ts";
import { tell } from "../../../notifications/tell.ts";
import type { InvitationData } from "../../accounts/invitation-data.ts";
import { rateLimited } from "../../accounts/password-rules.ts";
import { sameAddress, throttleBy } from "../../accounts/throttles.ts";
import { INVITATION_SECONDS } from "../../staff/invite-person.ts";
import { lockOrganisation, requireOrganisationWithin } from "../require-organisation.ts";
import { dropInvitations } from "./open-invitations.ts";

type InviteInput = z.infer<typeof OrganisationInviteInput>;

/** A company may bring all its people at once; nobody sends mails in its name without end. */
const INVITATIONS: Rate = { burst: 100, everySeconds: 60 };

/**
 * Invites somebody into an organisation by a mail: who accepts it is a member, with the role. An earlier
 * invitation of the same address is worth nothing then. Nobody is told whether the address has an account.
 *
 * @throws NotFound; Conflict `already_exists` for a member, `wrong_state` for an archived organisation;
 *   RateLimited; IdempotencyMismatch
 */
export async function inviteMember(
  db: Database,
  call: Call,
  input: InviteInput,
): Promise<OrganisationInvitation> {
  requireOrganisationWithin(call, "organisations.members", input.organisationId);
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "organisations.invite", input, OrganisationInvitation, () =>
      invite(tx, call, input),
    ),
  );
}

async function invite(
  tx: Transaction,
  call: Call,
  input: InviteInput,
): Promise<OrganisationInvitation> {
  const { organisationId, name, email, role } = input;
  await lockOrganisation(tx, organisationId);
  const account = await findAccount(tx, email);
  if (account !== undefined) await requireNoMember(tx, organisationId, account);
  await throttle(tx, input);
  await dropInvitations(tx, { organisationId, email });
  const data: InvitationData = {
    name,
    role,
    organisationId,
    country: null,
    inviterId: personOf(call.actor),
    language: input.language ?? null,
  };
  const id = await issueOneTime(tx, {
    kind: "invitation",
    personId: account ?? null,
    email,
    data,
    lifetimeSeconds: INVITATION_SECONDS,
  });
  await tell(tx, "invitation", id);
  await recordAudit(tx, call, {
    action: "organisation.invite",
    entity: "organisation",
    entityId: organisationId,
    before: null,
    after: { invitationId: id, role },
  });
  const [issued] = await tx
    .select({ invitedAt: oneTimeToken.createdAt, expiresAt: oneTimeToken.expiresAt })
    .from(oneTimeToken)
    .where(eq(oneTimeToken.id, id));
  if (issued === undefined) throw new Error("An invitation was not written");
  return {
    id,
    name,
    email,
    role,
    invitedAt: issued.invitedAt.toISOString(),
    expiresAt: issued.expiresAt.toISOString(),
  };
}

/** @throws RateLimited when the organisation invites, or the address is invited, too often */
async function throttle(tx: Transaction, { organisationId, email }: InviteInput): Promise<void> {
  const wait = await countAttempt(tx, {
    name: "organisations.invite",
    subject: organisationId,
    rate: INVITATIONS,
  });
  if (wait > 0) throw rateLimited(wait);
  await throttleBy(tx, "mail.recipient", sameAddress(email));
}

async function findAccount(tx: Transaction, email: string): Promise<string | undefined> {
  const [found] = await tx
    .select({ id: person.id })
    .from(person)
    .where(
      and(
        sql`lower(${person.email}) = lower(${email}::text)`,
        isNull(person.mergedIntoId),
        isNull(person.erasedAt),
      ),
    );
  return found?.id;
}

async function requireNoMember(
  tx: Transaction,
  organisationId: string,
  personId: string,
): Promise<void> {
  const members = await tx.$count(
    roleAssignment,
    and(eq(roleAssignment.organisationId, organisationId), eq(roleAssignment.personId, personId)),
  );
  if (members === 0) return;
  throw conflict(
    "organisation",
    "already_exists",
    "This person is in the organisation already: change their role instead.",
    "email",
  );
}
