import type {
  WaitlistListInput,
  WaitlistListItem,
  WaitlistListOutput,
} from "@lectern/contract/waitlist";
import type { Database, Queryable } from "@lectern/database/queryable";
import { booking, waitlistEntry } from "@lectern/database/schema/bookings";
import { waitlistSkip } from "@lectern/database/schema/waitlist";
import { courseRun } from "@lectern/database/schema/scheduling";
import { and, asc, desc, eq, getTableColumns, gt, inArray, sql } from "drizzle-orm";
import { z } from "zod";
import type { Call } from "../../call.ts";
import { notFound } from "../../domain-error.ts";
import { decodeCursor, encodeCursor } from "../../shared/cursor.ts";
import { requireRunWithin } from "../../shared/reach.ts";
import { standingOf } from "./read-entry.ts";

type Item = z.infer<typeof WaitlistListItem>;
type Skip = Item["skips"][number];

/** Ticket of the last entry of the page before. */
const CursorKey = z.tuple([z.int().min(1)]);

/** So many times of an entry being passed over are shown. */
const SKIPS_MAX = 10;

/**
 * The waiting list of a run for staff, in its order, a page at a time: those who left it included, and
 * for each why it was passed over.
 *
 * @throws NotFound; Invalid for a cursor of another list
 */
export async function listWaitlist(
  db: Database,
  call: Call,
  input: z.infer<typeof WaitlistListInput>,
): Promise<z.infer<typeof WaitlistListOutput>> {
  const { runId, limit } = input;
  await requireRunWithin(db, call, "bookings.read.any", runId);
  const after = decodeCursor(input.cursor, CursorKey);
  const [run] = await db
    .select({ id: courseRun.id })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (run === undefined) throw notFound("run", runId);

  const statuses = input.statuses ?? [];
  const isWanted = and(
    eq(waitlistEntry.runId, runId),
    statuses.length > 0 ? inArray(waitlistEntry.status, statuses) : undefined,
  );
  const line = db
    .select({
      id: waitlistEntry.id,
      position: sql<number>`row_number() OVER (ORDER BY ${waitlistEntry.ticket})::int`.as(
        "position",
      ),
    })
    .from(waitlistEntry)
    .where(and(eq(waitlistEntry.runId, runId), eq(waitlistEntry.status, "waiting")))
    .as("line");
  const [rows, total] = await Promise.all([
    db
      .select({
        entry: getTableColumns(waitlistEntry),
        position: line.position,
        reference: booking.reference,
        serverTime: sql`clock_timestamp()`.mapWith(waitlistEntry.createdAt),
      })
      .from(waitlistEntry)
      .leftJoin(line, eq(line.id, waitlistEntry.id))
      .leftJoin(booking, eq(booking.id, waitlistEntry.bookingId))
      .where(and(isWanted, after === undefined ? undefined : gt(waitlistEntry.ticket, after[0])))
      .orderBy(asc(waitlistEntry.ticket))
      .limit(limit + 1),
    db.$count(waitlistEntry, isWanted),
  ]);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1)?.entry : undefined;
  const skips = await skipsOf(
    db,
    page.map(({ entry }) => entry.id),
  );
  return {
    items: page.map((row): Item => {
      const { serverTime: _, partiesBefore: __, ...standing } = standingOf(row);
      const { entry } = row;
      return {
        ...standing,
        name: entry.name,
        email: entry.email,
        company: entry.company,
        joinedAt: entry.createdAt.toISOString(),
        endedAt: entry.endedAt?.toISOString() ?? null,
        reference: row.reference,
        skips: skips.get(entry.id) ?? [],
      };
    }),
    nextCursor: last === undefined ? null : encodeCursor([last.ticket]),
    total,
  };
}

/** @returns the last times that each of these entries was passed over, latest first */
async function skipsOf(
  db: Queryable,
  entryIds: readonly string[],
): Promise<ReadonlyMap<string, Skip[]>> {
  const skips = new Map<string, Skip[]>();
  if (entryIds.length === 0) return skips;
  const ranked = db
    .select({
      ...getTableColumns(waitlistSkip),
      rank: sql<number>`row_number() OVER (
        PARTITION BY ${waitlistSkip.entryId} ORDER BY ${waitlistSkip.id} DESC
      )::int`.as("rank"),
    })
    .from(waitlistSkip)
    .where(inArray(waitlistSkip.entryId, [...entryIds]))
    .as("ranked");
  const rows = await db
    .select()
    .from(ranked)
    .where(sql`${ranked.rank} <= ${SKIPS_MAX}`)
    .orderBy(desc(ranked.id));
  for (const { entryId, reason, free, wanted, at } of rows) {
    const known = skips.get(entryId) ?? [];
    known.push({ reason, free, wanted, at: at.toISOString() });
    skips.set(entryId, known);
  }
  return skips;
}
