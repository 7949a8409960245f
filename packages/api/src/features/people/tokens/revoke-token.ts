import { isAllowed, personOf } from "@lectern/auth/actor";
import { Done } from "@lectern/contract/accounts";
import type { TokenRevokeInput } from "@lectern/contract/tokens";
import type { Database } from "@lectern/database/queryable";
import { apiToken } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../../../call.ts";
import { notFound } from "../../../domain-error.ts";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";

/**
 * Makes a token worthless, at once and for good: one's own, or anybody's for whoever looks after people.
 *
 * @throws NotFound for one that is not there, or that the caller may not know of; IdempotencyMismatch
 */
export async function revokeToken(
  db: Database,
  call: Call,
  input: z.infer<typeof TokenRevokeInput>,
): Promise<Done> {
  const { actor } = call;
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "tokens.revoke", input, Done, async (): Promise<Done> => {
      const [found] = await tx
        .select({ personId: apiToken.personId })
        .from(apiToken)
        .where(eq(apiToken.id, input.id));
      const isTheirs = found?.personId === personOf(actor) || isAllowed(actor, "people.write");
      if (found === undefined || !isTheirs) throw notFound("api_token", input.id);
      await revoke(tx, call, input.id);
      return { done: true };
    }),
  );
}

/** Marks a token as revoked, unless it is. */
export async function revoke(tx: Transaction, call: Call, id: string): Promise<void> {
  const revoked = await tx
    .update(apiToken)
    .set({ revokedAt: sql`clock_timestamp()` })
    .where(and(eq(apiToken.id, id), isNull(apiToken.revokedAt)))
    .returning({ id: apiToken.id });
  if (revoked.length === 0) return;
  await recordAudit(tx, call, {
    action: "api_token.revoke",
    entity: "api_token",
    entityId: id,
    before: { isRevoked: false },
    after: { isRevoked: true },
  });
}
