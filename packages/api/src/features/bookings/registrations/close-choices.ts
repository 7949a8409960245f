import type { RunChoiceState } from "@lectern/contract/vocabulary";
import { runChoice } from "@lectern/database/schema/bookings";
import type { Transaction } from "@lectern/database/transaction";
import { and, eq, inArray, sql } from "drizzle-orm";

/** Writes down what registrations have answered, if they were asked: in words, or by what they did. */
export async function closeChoices(
  tx: Transaction,
  registrationIds: readonly string[],
  state: Exclude<RunChoiceState, "open">,
): Promise<void> {
  await tx
    .update(runChoice)
    .set({ state, decidedAt: sql`clock_timestamp()` })
    .where(
      and(inArray(runChoice.registrationId, [...registrationIds]), eq(runChoice.state, "open")),
    );
}
