import { privacyRequest } from "@lectern/database/schema/privacy";
import type { Transaction } from "@lectern/database/transaction";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { conflict } from "../../../domain-error.ts";

/**
 * Writes down what somebody asks for: of each kind, one at a time.
 *
 * @param graceDays so long it can be withdrawn
 * @returns its id
 * @throws Conflict `already_exists` while one waits
 */
export async function makeRequest(
  tx: Transaction,
  kind: (typeof privacyRequest.$inferInsert)["kind"],
  personId: string,
  graceDays: number,
): Promise<string> {
  const [made] = await tx
    .insert(privacyRequest)
    .values({
      id: uuidv7(),
      kind,
      personId,
      dueAt: sql`clock_timestamp() + make_interval(days => ${graceDays}::int)`,
    })
    .onConflictDoNothing()
    .returning({ id: privacyRequest.id });
  if (made === undefined) {
    throw conflict("privacy_request", "already_exists", "This was asked for already.", kind);
  }
  return made.id;
}
