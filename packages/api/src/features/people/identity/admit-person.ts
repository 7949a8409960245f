import { line } from "@lectern/contract/primitives";
import { STAFF_ROLES } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken, roleAssignment } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { Call } from "../../../call.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { actingAs } from "../accounts/complete-sign-in.ts";
import { createPerson } from "../accounts/create-person.ts";
import { InvitationData } from "../accounts/invitation-data.ts";
import { sameAddress } from "../accounts/throttles.ts";
import { lockAnyOrganisation } from "../organisations/require-organisation.ts";
import { isOfOwnDomain } from "./own-domain.ts";
import type { RefusalReason } from "./refusals.ts";
import type { SignInProvider } from "./sign-in-provider.ts";
import { makeLearner, writeIdentity } from "./write-identity.ts";

/** Whom a provider vouches for, with an address that it has seen to be theirs. */
export interface VouchedFor {
  readonly subject: string;
  readonly email: string;
  readonly name: string | undefined;
}

export type Admission =
  | { readonly personId: string }
  | { readonly refused: RefusalReason }
  /** Somebody with the address or the subject has got an account meanwhile. */
  | { readonly isTaken: true };

const Name = line(200);

/**
 * Makes an account for somebody new: of a company's people if the address is of a domain that the company
 * has shown to be its own; of the academy's staff if they were invited.
 */
export async function admitPerson(
  db: Database,
  call: Call,
  provider: SignInProvider,
  shown: VouchedFor,
): Promise<Admission> {
  const { organisationId } = provider;
  try {
    return await transaction(db, {}, (tx) =>
      organisationId === null
        ? admitStaff(tx, call, provider, shown)
        : admitLearner(tx, call, { ...provider, organisationId }, shown),
    );
  } catch (error) {
    if (error instanceof Taken) return { isTaken: true };
    throw error;
  }
}

/** Takes back what was done so far. */
class Taken extends Error {
  override readonly name = "Taken";
}

async function admitLearner(
  tx: Transaction,
  call: Call,
  provider: SignInProvider & { readonly organisationId: string },
  shown: VouchedFor,
): Promise<Admission> {
  const { organisationId } = provider;
  const company = await lockAnyOrganisation(tx, organisationId);
  const isOwn = await isOfOwnDomain(tx, organisationId, shown.email);
  if (company === undefined || company.archivedAt !== null || !isOwn) {
    return { refused: "other_domain" };
  }
  const personId = await createWithIdentity(tx, call, provider, shown);
  await makeLearner(tx, call, { organisationId, personId });
  return { personId };
}

async function admitStaff(
  tx: Transaction,
  call: Call,
  provider: SignInProvider,
  shown: VouchedFor,
): Promise<Admission> {
  const invitation = await takeStaffInvitation(tx, shown.email);
  if (invitation === undefined) return { refused: "not_invited" };
  const { role, country, inviterId, name, language } = invitation;
  const personId = await createWithIdentity(tx, call, provider, {
    ...shown,
    name: shown.name ?? name,
    language,
  });
  await tx
    .insert(roleAssignment)
    .values({ id: uuidv7(), personId, role, country, grantedById: inviterId });
  await recordAudit(tx, actingAs(call, personId), {
    action: "person.accept_invitation",
    entity: "person",
    entityId: personId,
    before: null,
    after: { role, organisationId: null, country },
  });
  return { personId };
}

/** The newest that is still good: the provider vouches for the address to which it was sent. */
async function takeStaffInvitation(
  tx: Transaction,
  email: string,
): Promise<InvitationData | undefined> {
  const open = await tx
    .select({ id: oneTimeToken.id, data: oneTimeToken.data })
    .from(oneTimeToken)
    .where(
      and(
        eq(oneTimeToken.kind, "invitation"),
        sql`lower(${oneTimeToken.email}) = ${sameAddress(email)}`,
        isNull(oneTimeToken.usedAt),
        sql`${oneTimeToken.expiresAt} > clock_timestamp()`,
      ),
    )
    .orderBy(desc(oneTimeToken.createdAt), desc(oneTimeToken.id))
    .for("update");
  for (const { id, data } of open) {
    const read = InvitationData.safeParse(data);
    if (!read.success || !STAFF_ROLES.some((role) => role === read.data.role)) continue;
    await tx
      .update(oneTimeToken)
      .set({ usedAt: sql`clock_timestamp()` })
      .where(eq(oneTimeToken.id, id));
    return read.data;
  }
  return undefined;
}

async function createWithIdentity(
  tx: Transaction,
  call: Call,
  provider: SignInProvider,
  shown: VouchedFor & { readonly language?: string | null },
): Promise<string> {
  const { subject, email } = shown;
  const language = shown.language ?? call.language;
  const name = Name.safeParse(shown.name).data ?? email.slice(0, email.lastIndexOf("@"));
  const personId = await createPerson(tx, call, { name, email, passwordHash: null, language });
  if (personId === undefined) throw new Taken();
  const isWritten = await writeIdentity(tx, call, { providerId: provider.id, subject, personId });
  if (!isWritten) throw new Taken();
  return personId;
}
