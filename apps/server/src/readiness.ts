import type { Database } from "@lectern/database/connect";
import { migrationStatus } from "@lectern/database/migrate";
import type { Readiness } from "./health.ts";

const ASK_TIMEOUT_MS = 2000;

/**
 * Readiness of one instance: not stopping, database reachable, schema migrated. Migrations are looked
 * at until they are all there, and not again: a running instance can't lose one.
 */
export function watchReadiness(db: Database): Readiness & { stop(): void } {
  let isStopping = false;
  let isMigrated = false;
  return {
    stop: () => {
      isStopping = true;
    },
    reasonNotReady: async () => {
      if (isStopping) return "stopping";
      try {
        await db.ping({ timeoutMs: ASK_TIMEOUT_MS });
        if (!isMigrated) isMigrated = (await migrationStatus(db)).pending.length === 0;
        return isMigrated ? undefined : "migrations are pending";
      } catch {
        return "the database does not answer";
      }
    },
  };
}
