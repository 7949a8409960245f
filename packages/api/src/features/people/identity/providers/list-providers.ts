import type { IdentityProvidersInput, IdentityProvidersOutput } from "@lectern/contract/identity";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { organisation } from "@lectern/database/schema/organisations";
import { identityProvider } from "@lectern/database/schema/people";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../../shared/cursor.ts";
import type { SignInParts } from "../../accounts/complete-sign-in.ts";
import { providerColumns, toIdentityProvider } from "./provider-details.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * The providers by which people sign in, newest first, a page at a time.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listProviders(
  db: Database,
  parts: SignInParts,
  input: z.infer<typeof IdentityProvidersInput>,
): Promise<z.infer<typeof IdentityProvidersOutput>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted =
    input.organisationId == null
      ? undefined
      : eq(identityProvider.organisationId, input.organisationId);
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${identityProvider.createdAt}, ${identityProvider.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select(providerColumns)
      .from(identityProvider)
      .leftJoin(organisation, eq(organisation.id, identityProvider.organisationId))
      .where(and(isWanted, isAfter))
      .orderBy(desc(identityProvider.createdAt), desc(identityProvider.id))
      .limit(input.limit + 1),
    db.$count(identityProvider, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map((row) => toIdentityProvider(row, parts)),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}
