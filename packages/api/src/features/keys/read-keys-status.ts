import type { KeysStatus } from "@lectern/contract/keys";
import type { Database } from "@lectern/database/queryable";
import { dataKey } from "@lectern/database/schema/privacy";
import { transaction } from "@lectern/database/transaction";
import { asc } from "drizzle-orm";
import type { Call } from "../../call.ts";
import { LONG_WORK, countValues } from "./count-values.ts";
import { findLatestRotation, toKeyRotation } from "./key-rotation-row.ts";

/** The keys that there are, and how much is encrypted with each. Reads every encrypted value. */
export async function readKeysStatus(db: Database, _call: Call): Promise<KeysStatus> {
  const options = { readOnly: true, isolationLevel: "repeatable read", ...LONG_WORK } as const;
  return transaction(db, options, async (tx) => {
    const keys = await tx
      .select({ id: dataKey.id, createdAt: dataKey.createdAt })
      .from(dataKey)
      .orderBy(asc(dataKey.id));
    const counts = await countValues(tx);
    const latest = await findLatestRotation(tx);
    const activeId = keys.at(-1)?.id;
    const ids = new Set(keys.map(({ id }) => id));
    let lost = counts.malformed;
    for (const [id, values] of counts.byKey) if (!ids.has(id)) lost += values;
    return {
      keys: keys.map(({ id, createdAt }) => ({
        id,
        createdAt: createdAt.toISOString(),
        isActive: id === activeId,
        values: counts.byKey.get(id) ?? 0,
      })),
      plain: counts.plain,
      lost,
      rotation: latest === undefined ? null : toKeyRotation(latest),
    };
  });
}
