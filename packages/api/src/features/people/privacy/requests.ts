import type { PrivacyRequest, PrivacyRequestsOutput } from "@lectern/contract/privacy";
import { privacyRequest } from "@lectern/database/schema/privacy";
import type { Queryable } from "@lectern/database/queryable";
import { and, desc, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import { notFound } from "../../../domain-error.ts";
import type { PersonCall } from "../accounts/person-call.ts";

/** What is shown of a request: of an archive, which may be large, how large it is. */
const columns = {
  id: privacyRequest.id,
  kind: privacyRequest.kind,
  state: privacyRequest.state,
  createdAt: privacyRequest.createdAt,
  dueAt: privacyRequest.dueAt,
  doneAt: privacyRequest.doneAt,
  archiveUntil: privacyRequest.archiveUntil,
  archiveBytes: sql<number | null>`CASE WHEN ${privacyRequest.archiveUntil} > clock_timestamp() THEN
    (${privacyRequest.report} ->> 'bytes')::int END`,
};

const LISTED = 100;

/** What somebody asked for, the newest first. */
export async function listPrivacyRequests(
  db: Queryable,
  { actor }: PersonCall,
): Promise<z.infer<typeof PrivacyRequestsOutput>> {
  const found = await db
    .select(columns)
    .from(privacyRequest)
    .where(eq(privacyRequest.personId, actor.id))
    .orderBy(desc(privacyRequest.createdAt), desc(privacyRequest.id))
    .limit(LISTED);
  return { items: found.map(toPrivacyRequest) };
}

/**
 * @returns a request of somebody's own
 * @throws NotFound
 */
export async function readPrivacyRequest(
  db: Queryable,
  { actor }: PersonCall,
  id: string,
): Promise<PrivacyRequest> {
  const [found] = await db
    .select(columns)
    .from(privacyRequest)
    .where(and(eq(privacyRequest.id, id), eq(privacyRequest.personId, actor.id)));
  if (found === undefined) throw notFound("privacy_request", id);
  return toPrivacyRequest(found);
}

interface RequestRow extends Pick<
  typeof privacyRequest.$inferSelect,
  "id" | "kind" | "state" | "createdAt" | "dueAt" | "doneAt" | "archiveUntil"
> {
  readonly archiveBytes: number | null;
}

function toPrivacyRequest(row: RequestRow): PrivacyRequest {
  const { id, kind, state, archiveUntil, archiveBytes } = row;
  return {
    id,
    kind,
    state,
    createdAt: row.createdAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
    archive:
      archiveUntil === null || archiveBytes === null
        ? null
        : { bytes: archiveBytes, until: archiveUntil.toISOString() },
  };
}
