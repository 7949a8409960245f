import type { AllPrivacyRequests, AllPrivacyRequestsInput } from "@lectern/contract/privacy";
import { Id, Instant } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { privacyRequest } from "@lectern/database/schema/privacy";
import { and, desc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { decodeCursor, encodeCursor } from "../../../shared/cursor.ts";

const CursorKey = z.tuple([Instant, Id]);

/**
 * What people have asked about their data, the newest first: that it is due, and what was done, but nothing of what
 * an export holds.
 *
 * @throws Invalid for a cursor of another list
 */
export async function listAllRequests(
  db: Database,
  input: z.infer<typeof AllPrivacyRequestsInput>,
): Promise<z.infer<typeof AllPrivacyRequests>> {
  const after = decodeCursor(input.cursor, CursorKey);
  const isWanted = and(
    input.kind ? eq(privacyRequest.kind, input.kind) : undefined,
    input.state ? eq(privacyRequest.state, input.state) : undefined,
  );
  const isAfter =
    after === undefined
      ? undefined
      : sql`(${privacyRequest.createdAt}, ${privacyRequest.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`;
  const [rows, total] = await Promise.all([
    db
      .select({
        id: privacyRequest.id,
        kind: privacyRequest.kind,
        state: privacyRequest.state,
        createdAt: privacyRequest.createdAt,
        dueAt: privacyRequest.dueAt,
        doneAt: privacyRequest.doneAt,
        personId: privacyRequest.personId,
        // Of the page alone: joined, all people might be read.
        personName: sql<string>`(SELECT person.name FROM person WHERE person.id = privacy_request.person_id)`,
      })
      .from(privacyRequest)
      .where(and(isWanted, isAfter))
      .orderBy(desc(privacyRequest.createdAt), desc(privacyRequest.id))
      .limit(input.limit + 1),
    db.$count(privacyRequest, isWanted),
  ]);
  const page = rows.slice(0, input.limit);
  const last = rows.length > input.limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ personId, personName, ...row }) => ({
      ...row,
      createdAt: row.createdAt.toISOString(),
      dueAt: row.dueAt.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
      person: { id: personId, name: personName },
    })),
    nextCursor: last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]),
    total,
  };
}
