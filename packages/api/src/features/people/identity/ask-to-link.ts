import { issueOneTime, oneTimeKey } from "@lectern/auth/one-time";
import type { IdentityAnswer } from "@lectern/contract/identity";
import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { z } from "zod";
import type { Call } from "../../../call.ts";
import { signInFailed } from "../accounts/complete-sign-in.ts";
import type { AccountRow } from "../accounts/find-person.ts";
import { listFactors } from "../factors/list-factors.ts";
import type { VouchedFor } from "./admit-person.ts";
import { membership } from "./find-identity.ts";
import { noteRefusal } from "./note-refusal.ts";
import { isOfOwnDomain } from "./own-domain.ts";
import { notLetIn } from "./refusals.ts";
import type { SignInProvider } from "./sign-in-provider.ts";

/** Long enough to sign in as one always does, meanwhile. */
const LINK_SECONDS = 900;

/** What is kept of somebody who still has to show that the account is theirs. */
export const LinkData = z.object({ providerId: Id, subject: z.string().max(255) });

export interface UnlinkedAccount {
  readonly provider: SignInProvider;
  readonly shown: VouchedFor;
  readonly account: AccountRow;
  readonly returnTo: string;
}

/**
 * Asks somebody to show that the account with their address is theirs. Of a company's provider it is
 * asked for the company's people, and for addresses of its domains: otherwise it could find out, of any
 * address, whether there is an account.
 *
 * @throws SignInFailed
 */
export async function askToLink(
  db: Database,
  call: Call,
  { provider, shown, account, returnTo }: UnlinkedAccount,
): Promise<IdentityAnswer> {
  const providerId = provider.id;
  const personId = account.id;
  if (!(await isOneOfTheirs(db, provider, shown.email, personId))) {
    // As for an address without an account.
    await noteRefusal(db, call, { providerId, reason: "other_domain" });
    throw notLetIn();
  }
  if (account.isSuspended) {
    await noteRefusal(db, call, { providerId, personId, reason: "suspended" });
    throw signInFailed("suspended");
  }
  const data: z.infer<typeof LinkData> = { providerId, subject: shown.subject };
  const id = await issueOneTime(db, {
    kind: "openid_link",
    personId,
    email: account.email,
    data,
    lifetimeSeconds: LINK_SECONDS,
    replacesOthers: true,
  });
  return {
    state: "link_needed",
    step: { id, key: oneTimeKey(call.accessKeys, id) },
    provider: { slug: provider.slug, name: provider.name },
    email: account.email,
    byPassword: account.passwordHash !== null && (await listFactors(db, personId)).length === 0,
    expiresAt: new Date(Date.now() + LINK_SECONDS * 1000).toISOString(),
    returnTo,
  };
}

async function isOneOfTheirs(
  db: Database,
  { organisationId }: SignInProvider,
  email: string,
  personId: string,
): Promise<boolean> {
  if (organisationId === null) return true;
  if (await isOfOwnDomain(db, organisationId, email)) return true;
  return (await membership.first(db, { organisationId, personId }))?.isMember === true;
}
