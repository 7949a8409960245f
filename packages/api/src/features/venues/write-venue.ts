import {
  type VenueCreateInput,
  VenueDetail,
  type VenueUpdateInput,
} from "@lectern/contract/venues";
import { violates } from "@lectern/database/errors";
import type { Database } from "@lectern/database/queryable";
import { venue } from "@lectern/database/schema/scheduling";
import { type Transaction, transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { z } from "zod";
import type { Call } from "../../call.ts";
import { conflict } from "../../domain-error.ts";
import { recordAudit } from "../../shared/audit.ts";
import { onceOnly } from "../../shared/once-only.ts";
import { reachFor } from "../../shared/reach.ts";
import { requireTimeZone } from "../../shared/zoned-time.ts";
import { changesOf } from "./changes-of.ts";
import { type VenueRow, lockVenue, readVenue, requireCountry } from "./venue-detail.ts";

type Fields = Pick<VenueRow, "name" | "street" | "city" | "country" | "timeZone">;

/**
 * Adds a venue, without rooms.
 *
 * @throws Forbidden for a country in which the caller plans nothing; Invalid for an unknown time zone; Conflict
 *   `already_exists` for another of this name in this city; IdempotencyMismatch
 */
export async function createVenue(
  db: Database,
  call: Call,
  input: z.infer<typeof VenueCreateInput>,
): Promise<VenueDetail> {
  const reach = reachFor(call, "runs.write");
  requireCountry(reach, input.country);
  requireTimeZone(input.timeZone, "timeZone");
  return writing(db, (tx) =>
    onceOnly(tx, call, "venues.create", input, VenueDetail, async () => {
      const id = uuidv7();
      const fields = fieldsOf(input);
      await tx.insert(venue).values({ id, ...fields });
      await recordAudit(tx, call, {
        action: "venue.create",
        entity: "venue",
        entityId: id,
        before: null,
        after: fields,
      });
      return readVenue(tx, reach, id);
    }),
  );
}

/**
 * Changes what is said of a venue, wherever it is shown. Dates that are planned keep their times and zone.
 *
 * @throws NotFound; Forbidden, Invalid and Conflict as for a new one; Conflict `changed_meanwhile`; IdempotencyMismatch
 */
export async function updateVenue(
  db: Database,
  call: Call,
  input: z.infer<typeof VenueUpdateInput>,
): Promise<VenueDetail> {
  const reach = reachFor(call, "runs.write");
  requireTimeZone(input.timeZone, "timeZone");
  return writing(db, (tx) =>
    onceOnly(tx, call, "venues.update", input, VenueDetail, async () => {
      const { id } = input;
      const found = await lockVenue(tx, reach, input);
      requireCountry(reach, input.country);
      const changes = changesOf(fieldsOf(found), fieldsOf(input));
      if (changes === undefined) return readVenue(tx, reach, id);
      // Nothing but what changes: the catalogue is read anew where a city may be another.
      await tx
        .update(venue)
        .set({
          ...changes.after,
          version: found.version + 1,
          updatedAt: sql`clock_timestamp()`,
        })
        .where(eq(venue.id, id));
      await recordAudit(tx, call, {
        action: "venue.update",
        entity: "venue",
        entityId: id,
        ...changes,
      });
      return readVenue(tx, reach, id);
    }),
  );
}

function fieldsOf({ name, street, city, country, timeZone }: Fields): Fields {
  return { name, street, city, country, timeZone };
}

async function writing<Answer>(
  db: Database,
  work: (tx: Transaction) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await transaction(db, { idempotent: true }, work);
  } catch (error) {
    if (!violates(error, "venue_name_city_key")) throw error;
    throw conflict(
      "venue",
      "already_exists",
      "There is such a place in this city already.",
      "name",
    );
  }
}
