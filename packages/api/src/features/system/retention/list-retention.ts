import type { RetentionOutput } from "@lectern/contract/privacy";
import type { Queryable } from "@lectern/database/queryable";
import { academyFact } from "@lectern/database/schema/operations";
import { eq } from "drizzle-orm";
import { z } from "zod";
import { RETENTION_FACT } from "./keep-retention.ts";
import { RETENTION_RULES } from "./retention-rules.ts";

const Noted = z.record(z.string(), z.object({ at: z.string(), rows: z.number() }));

/** How long each kind of personal data is kept, and when it was seen to last. */
export async function listRetention(db: Queryable): Promise<RetentionOutput> {
  const [fact] = await db
    .select({ value: academyFact.value })
    .from(academyFact)
    .where(eq(academyFact.name, RETENTION_FACT));
  const noted = Noted.parse(fact?.value ?? {});
  return {
    items: RETENTION_RULES.map(({ kind, what, days, from, why }) => ({
      kind,
      what,
      days,
      from,
      why,
      last: noted[kind] ?? null,
    })),
  };
}
