import type { RunJoinLinks, RunJoinLinksInput } from "@lectern/contract/calendar";
import { prepared } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { joinLink } from "@lectern/database/schema/scheduling";
import { eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { requireRunWithin } from "../../../shared/reach.ts";
import { joinLinkPlace } from "./join.ts";

const linksOf = prepared("runs.joinLinks", { runId: joinLink.runId }, (q, $) =>
  q
    .select()
    .from(joinLink)
    .where(eq(joinLink.runId, $.runId))
    .orderBy(sql`${joinLink.position} NULLS FIRST`),
);

/**
 * Where a run and its sessions meet online, for whoever sets that.
 *
 * @throws NotFound
 */
export async function listJoinLinks(
  db: Database,
  call: Call,
  { id }: z.infer<typeof RunJoinLinksInput>,
): Promise<RunJoinLinks> {
  await requireRunWithin(db, call, "runs.write", id);
  const found = await linksOf.execute(db, { runId: id });
  return {
    links: await Promise.all(
      found.map(async (row) => ({
        position: row.position,
        url: await call.fields.decrypt(joinLinkPlace(row.id), row.url),
        updatedAt: row.updatedAt.toISOString(),
      })),
    ),
  };
}
