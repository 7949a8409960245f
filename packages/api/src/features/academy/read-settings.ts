import type { AcademySettings } from "@lectern/contract/academy";
import type { Queryable } from "@lectern/database/queryable";
import { academyFact } from "@lectern/database/schema/operations";
import { inArray } from "drizzle-orm";
import { z } from "zod";
import type { Auth } from "../../trpc/context.ts";
import { readCalendar } from "../reports/academy-calendar.ts";
import { REPORTS_FACT } from "../reports/sums/read-sums.ts";

/** The fact that says which zone the academy counts its days in. */
export const TIME_ZONE_FACT = "time_zone";

/** What the server was started with that readers see. */
export type StartedWith = Pick<Auth, "academy" | "publicUrl">;

const KeptFor = z.object({ timeZone: z.string() });

/** What holds for the academy as a whole, as it is now. */
export async function readSettings(
  db: Queryable,
  { academy, publicUrl }: StartedWith,
): Promise<AcademySettings> {
  const [calendar, facts] = await Promise.all([
    readCalendar(db),
    db
      .select()
      .from(academyFact)
      .where(inArray(academyFact.name, [TIME_ZONE_FACT, REPORTS_FACT])),
  ]);
  const chosen = facts.find(({ name }) => name === TIME_ZONE_FACT);
  const kept = KeptFor.safeParse(facts.find(({ name }) => name === REPORTS_FACT)?.value).data;
  return {
    timeZone: calendar.timeZone,
    today: calendar.today.toString(),
    areReportsReady: kept?.timeZone === calendar.timeZone,
    changedAt: chosen?.updatedAt.toISOString() ?? null,
    version: chosen?.version ?? 0,
    name: academy,
    publicUrl: publicUrl ?? null,
  };
}
