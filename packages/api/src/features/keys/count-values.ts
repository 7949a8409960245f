import type { Queryable } from "@lectern/database/queryable";
import { encryptedStores } from "./encrypted-stores.ts";

/** To look at every value takes its time where there are millions. */
export const LONG_WORK = { timeoutMs: 15 * 60_000, statementTimeoutMs: 10 * 60_000 } as const;

export interface ValueCounts {
  readonly byKey: ReadonlyMap<number, number>;
  /** That an earlier release did not encrypt. */
  readonly plain: number;
  /** That look encrypted at first, and are not. */
  readonly malformed: number;
}

/** Counts all values, by the key that they are encrypted with. */
export async function countValues(db: Queryable): Promise<ValueCounts> {
  const byKey = new Map<number, number>();
  let [plain, malformed] = [0, 0];
  for (const store of encryptedStores) {
    for (const { keyId, isPlain, values } of await store.count(db)) {
      if (isPlain) plain += values;
      else if (keyId === null) malformed += values;
      else byKey.set(keyId, (byKey.get(keyId) ?? 0) + values);
    }
  }
  return { byKey, plain, malformed };
}
