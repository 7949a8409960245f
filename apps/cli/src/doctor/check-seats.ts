import type { Database } from "@lectern/database/queryable";
import { type CheckResult, ok, someOf, trouble } from "./check.ts";
import { numberIn, rowsOf, textIn } from "./rows.ts";

/** Whether the places taken are those that the ledger has. */

const MISMATCHES = `
  select c.run_id, c.taken, c.capacity, coalesce(a.places, 0) as places
  from run_capacity c
  left join (
    select run_id, sum(quantity) as places from seat_allocation where state = 'active' group by run_id
  ) a on a.run_id = c.run_id
  where c.taken <> coalesce(a.places, 0) or c.taken > c.capacity
  order by c.run_id
  limit 1000`;

/** Confirmed bookings that hold other places than they are for. */
const BOOKINGS = `
  select b.reference
  from booking b
  left join seat_allocation a on a.booking_id = b.id and a.state = 'active'
  where (b.status in ('confirmed', 'awaiting_payment', 'awaiting_approval') and a.quantity is distinct from b.places)
     or (b.status in ('cancelled', 'expired') and a.id is not null)
  order by b.reference
  limit 1000`;

const TOTALS = "select count(*) as runs, coalesce(sum(taken), 0) as taken from run_capacity";

/** @returns whether `taken = sum(quantity of active allocations)` for every run, and no booking lacks its places */
export async function checkSeats(db: Database): Promise<CheckResult[]> {
  const [totals] = await rowsOf(db, TOTALS);
  const wrong = await rowsOf(db, MISMATCHES);
  const seats =
    wrong.length === 0
      ? ok(
          "Places",
          `${numberIn(totals, "taken")} taken on ${numberIn(totals, "runs")} runs, all of them in the ledger`,
        )
      : trouble(
          "Places",
          `${wrong.length} runs count other places than their ledger has: ${someOf(
            wrong.map(
              (row) =>
                `${textIn(row, "run_id")} (${textIn(row, "taken")} counted, ${textIn(row, "places")} in the ledger)`,
            ),
            3,
          )}`,
          "Stop selling these runs, keep a dump of the database, and report it: this must never happen.",
        );
  const bookings = (await rowsOf(db, BOOKINGS)).map((row) => textIn(row, "reference"));
  const booked =
    bookings.length === 0
      ? ok("Bookings", "each holds the places that it is for")
      : trouble(
          "Bookings",
          `${bookings.length} hold other places than they are for: ${someOf(bookings)}`,
          "Keep a dump of the database, and report it: this must never happen.",
        );
  return [seats, booked];
}
