import type { Transaction } from "@lectern/database/transaction";
import { person } from "@lectern/database/schema/people";
import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "../../../domain-error.ts";

/**
 * Locks somebody's row until the transaction ends.
 *
 * @throws NotFound for an account that is not there, was merged, or erased
 */
export async function requirePerson(
  tx: Transaction,
  id: string,
): Promise<typeof person.$inferSelect> {
  const [found] = await tx
    .select()
    .from(person)
    .where(and(eq(person.id, id), isNull(person.mergedIntoId), isNull(person.erasedAt)))
    .for("update");
  if (found === undefined) throw notFound("person", id);
  return found;
}
