import { oneTimeToken } from "@lectern/database/schema/people";
import type { Transaction } from "@lectern/database/transaction";
import { type SQL, and, eq, isNull, sql } from "drizzle-orm";

/** Which invitations of an organisation: all, those of an address, or one. */
export interface InvitationsOf {
  readonly organisationId: string;
  readonly email?: string;
  readonly id?: string;
}

/** Of a one-time token: it is an invitation of the organisation that nobody has accepted. */
export function isOpenInvitation(organisationId: string): SQL | undefined {
  return and(
    // Written as the index has it.
    sql`${oneTimeToken.kind} = 'invitation'`,
    sql`(${oneTimeToken.data} ->> 'organisationId') = ${organisationId}::text`,
    isNull(oneTimeToken.usedAt),
    sql`${oneTimeToken.expiresAt} > clock_timestamp()`,
  );
}

/** Makes invitations worthless. @returns how many there were */
export async function dropInvitations(
  tx: Transaction,
  { organisationId, email, id }: InvitationsOf,
): Promise<number> {
  const dropped = await tx
    .update(oneTimeToken)
    .set({ usedAt: sql`clock_timestamp()` })
    .where(
      and(
        isOpenInvitation(organisationId),
        email === undefined ? undefined : sql`lower(${oneTimeToken.email}) = lower(${email}::text)`,
        id === undefined ? undefined : eq(oneTimeToken.id, id),
      ),
    )
    .returning({ id: oneTimeToken.id });
  return dropped.length;
}
