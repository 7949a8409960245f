import type { CalendarFeedAddress, CalendarFeedInput } from "@lectern/contract/calendar";
import { Id } from "@lectern/contract/primitives";
import type { Database } from "@lectern/database/queryable";
import { calendarFeed } from "@lectern/database/schema/people";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { recordAudit } from "../../../shared/audit.ts";
import { onceOnly } from "../../../shared/once-only.ts";
import type { PersonCall } from "../../people/accounts/person-call.ts";
import { type FeedAddressParts, feedAddress } from "./feed-address.ts";

/** What is kept of the answer: the address is made of it again. */
const Kept = z.object({ id: Id });

/**
 * Makes the secret address of the calendar of whoever is signed in, or another one: the one so far is worthless then.
 *
 * @throws IdempotencyMismatch
 */
export async function makeFeed(
  db: Database,
  call: PersonCall,
  parts: FeedAddressParts,
  input: z.infer<typeof CalendarFeedInput>,
): Promise<CalendarFeedAddress> {
  const { id } = await transaction(db, { idempotent: true }, (tx) =>
    onceOnly(tx, call, "calendar.makeFeed", input, Kept, () => make(tx, call)),
  );
  return { address: feedAddress(parts, call.accessKeys, id) };
}

async function make(tx: Transaction, call: PersonCall): Promise<z.infer<typeof Kept>> {
  const personId = call.actor.id;
  const [before] = await tx
    .select({ id: calendarFeed.id })
    .from(calendarFeed)
    .where(eq(calendarFeed.personId, personId))
    .for("update");
  const id = uuidv7();
  await tx
    .insert(calendarFeed)
    .values({ id, personId })
    .onConflictDoUpdate({
      target: calendarFeed.personId,
      set: { id, createdAt: sql`clock_timestamp()`, lastReadAt: null },
    });
  await recordAudit(tx, call, {
    action: before === undefined ? "calendar_feed.make" : "calendar_feed.renew",
    entity: "calendar_feed",
    entityId: id,
    before: before === undefined ? null : { id: before.id },
    after: { personId },
  });
  return { id };
}
