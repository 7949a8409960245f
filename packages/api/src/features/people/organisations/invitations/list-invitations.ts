import type {
  OrganisationInvitations,
  OrganisationInvitationsInput,
} from "@lectern/contract/organisations";
import { Id } from "@lectern/contract/primitives";
import { OrganisationRole } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/queryable";
import { oneTimeToken } from "@lectern/database/schema/people";
import { and, desc, lt } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../../../call.ts";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import { InvitationData } from "../../accounts/invitation-data.ts";
import { requireOrganisationWithin } from "../require-organisation.ts";
import { isOpenInvitation } from "./open-invitations.ts";

const Before = z.tuple([Id]);

/**
 * The invitations of an organisation that can still be accepted, the newest first, a page at a time.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listInvitations(
  db: Database,
  call: Call,
  { organisationId, cursor, limit }: z.infer<typeof OrganisationInvitationsInput>,
): Promise<z.infer<typeof OrganisationInvitations>> {
  requireOrganisationWithin(call, "organisations.members", organisationId);
  const before = decodeCursor(cursor, Before);
  const isWanted = isOpenInvitation(organisationId);
  const [rows, total] = await Promise.all([
    db
      .select()
      .from(oneTimeToken)
      .where(and(isWanted, before === undefined ? undefined : lt(oneTimeToken.id, before[0])))
      // Ids are made in the order of time (UUIDv7).
      .orderBy(desc(oneTimeToken.id))
      .limit(limit + 1),
    db.$count(oneTimeToken, isWanted),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    items: page.flatMap(({ id, email, data, createdAt, expiresAt }) => {
      if (email === null) return [];
      const { name, role } = InvitationData.parse(data);
      const [invitedAt, until] = [createdAt.toISOString(), expiresAt.toISOString()];
      return [{ id, name, email, role: OrganisationRole.parse(role), invitedAt, expiresAt: until }];
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.id]),
    total,
  };
}
