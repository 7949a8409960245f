import { Done } from "@lectern/contract/accounts";
import type { CalendarFeedInput } from "@lectern/contract/calendar";
import type { Database } from "@lectern/database/queryable";
import { calendarFeed } from "@lectern/database/schema/people";
import { transaction } from "@lectern/database/transaction";
import { eq } from "drizzle-orm";
import type { z } from "zod";
import { recordAudit } from "../../../shared/audit.ts";
import { DONE } from "../../../shared/done.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import type { PersonCall } from "../../people/accounts/person-call.ts";

/**
 * Makes the secret address of one's calendar worthless, at once. Where there is none, that is so already.
 *
 * @throws IdempotencyMismatch
 */
export async function withdrawFeed(
  db: Database,
  call: PersonCall,
  input: z.infer<typeof CalendarFeedInput>,
): Promise<Done> {
  return transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "calendar.withdrawFeed", input, Done, async () => {
      const withdrawn = await tx
        .delete(calendarFeed)
        .where(eq(calendarFeed.personId, call.actor.id))
        .returning({ id: calendarFeed.id });
      await recordAudit(
        tx,
        call,
        withdrawn.map(({ id }) => ({
          action: "calendar_feed.withdraw" as const,
          entity: "calendar_feed",
          entityId: id,
          before: { personId: call.actor.id },
          after: null,
        })),
      );
      return DONE;
    }),
  );
}
