import type { DomainErrorData } from "@lectern/contract/errors";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import { DomainError } from "../../domain-error.ts";

/** More than one booker may have of a run. */
export function tooManyPlaces(data: DomainErrorData<"TooManyPlaces">): DomainError {
  const { limit, alreadyBooked } = data;
  const has = alreadyBooked === 0 ? "" : ` ${alreadyBooked} are booked already.`;
  return new DomainError(
    { code: "TooManyPlaces", data },
    `One booker may have ${limit} places of this date.${has}`,
  );
}

/**
 * Makes the bookings of one booker on one run wait for each other until the transaction ends, so that
 * none is counted too late. Taken before anything else is locked.
 */
export async function lockBooker(tx: Transaction, runId: string, email: string): Promise<void> {
  const name = `${runId} ${email.toLowerCase()}`;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`);
}

/**
 * Holds a booker to the run's limit, by the address: what is booked or set aside counts.
 *
 * @param wanted.besides a booking that is not counted, because it is the one that is wanted
 * @throws TooManyPlaces
 */
export async function checkBookerLimit(
  tx: Transaction,
  wanted: { runId: string; email: string; places: number; besides?: string },
): Promise<void> {
  const { runId, email, places, besides } = wanted;
  const [row] = await tx
    .select({
      limit: courseRun.placesPerBooker,
      // Every column named with its table: Drizzle leaves it out where a query has one table alone.
      booked: sql`coalesce((
        SELECT sum(a.quantity)
        FROM seat_allocation AS a JOIN booking AS b ON b.id = a.booking_id
        WHERE b.run_id = ${runId}::uuid AND lower(b.booker_email) = ${email.toLowerCase()}
          AND a.state = 'active' AND (a.expires_at IS NULL OR a.expires_at > clock_timestamp())
          AND b.id IS DISTINCT FROM ${besides ?? null}::uuid
      ), 0)`.mapWith(Number),
    })
    .from(courseRun)
    .where(eq(courseRun.id, runId));
  if (row === undefined || row.booked + places <= row.limit) return;
  throw tooManyPlaces({
    runId,
    limit: row.limit,
    alreadyBooked: row.booked,
    requested: places,
  });
}
