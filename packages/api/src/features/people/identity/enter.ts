import { isStaffRole } from "@lectern/auth/roles";
import type { SignInAnswer } from "@lectern/contract/accounts";
import type { Database } from "@lectern/database/queryable";
import { roleAssignment } from "@lectern/database/schema/people";
import { eq } from "drizzle-orm";
import type { Call } from "../../../call.ts";
import { type SignInParts, completeSignIn } from "../accounts/complete-sign-in.ts";
import { finishOrAsk } from "../accounts/sign-in.ts";
import type { SignInProvider } from "./sign-in-provider.ts";

/**
 * Signs in whom a provider has vouched for, or asks for their second factor if the provider does not.
 *
 * @throws SignInFailed
 */
export async function enter(
  db: Database,
  call: Call,
  parts: SignInParts,
  provider: SignInProvider,
  personId: string,
): Promise<SignInAnswer> {
  if (!(await hasShownTwo(db, provider, personId))) {
    return finishOrAsk(db, call, parts, personId, "openid");
  }
  await completeSignIn(db, call, parts, { personId, method: "openid", hasSecondFactor: true });
  return { state: "signed_in" };
}

/** What a company asks of its people does not count for what they may do for the academy. */
async function hasShownTwo(
  db: Database,
  { asksSecondFactor, organisationId }: SignInProvider,
  personId: string,
): Promise<boolean> {
  if (!asksSecondFactor || organisationId === null) return asksSecondFactor;
  const roles = await db
    .select({ role: roleAssignment.role })
    .from(roleAssignment)
    .where(eq(roleAssignment.personId, personId));
  return !roles.some(({ role }) => isStaffRole(role));
}
