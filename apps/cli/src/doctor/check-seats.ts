import type { Database } from "@lectern/database/queryable";
import { type CheckResult, ok, someOf, trouble } from "./check.ts";
import { numberIn, rowsOf, textIn } from "./rows.ts";

/** Whether the places taken are those that the ledger has, and whose they are. */

const MUST_NOT_BE =
  "Keep a dump of the database, and report it with what happened before: this must never happen.";

const MISMATCHES = `
  select c.run_id, c.taken, c.capacity, coalesce(a.places, 0) as places
  from run_capacity c
  left join (
    select run_id, sum(quantity) as places from seat_allocation where state = 'active' group by run_id
  ) a on a.run_id = c.run_id
  where c.taken <> coalesce(a.places, 0) or c.taken > c.capacity
  order by c.run_id
  limit 1000`;

/**
 * Bookings that do not hold one place for each registration that needs one, in the way that their state
 * says; and bookings that are over, and hold places.
 */
const BOOKINGS = `
  select b.reference, b.status, coalesce(r.places, 0) as needed, coalesce(a.places, 0) as held,
    coalesce(a.kind, 'none') as kind,
    coalesce(a.allocations, 0) as allocations
  from booking b
  left join (
    select booking_id, count(*) as places from registration
    where status in ('reserved', 'confirmed', 'completed', 'no_show') group by booking_id
  ) r on r.booking_id = b.id
  left join (
    select booking_id, count(*) as allocations, sum(quantity) as places, min(kind::text) as kind
    from seat_allocation where state = 'active' and booking_id is not null group by booking_id
  ) a on a.booking_id = b.id
  where case
    when b.status in ('held', 'awaiting_payment', 'awaiting_approval', 'confirmed') then
      a.allocations is distinct from 1
      or a.places is distinct from r.places
      or a.kind is distinct from case b.status when 'confirmed' then 'booking' else 'hold' end
    else a.allocations is not null
  end
  order by b.reference
  limit 1000`;

const TOTALS = "select count(*) as runs, coalesce(sum(taken), 0) as taken from run_capacity";

async function checkPlaces(db: Database): Promise<CheckResult> {
  const [totals] = await rowsOf(db, TOTALS);
  const wrong = await rowsOf(db, MISMATCHES);
  if (wrong.length === 0) {
    return ok(
      "Places",
      `${numberIn(totals, "taken")} taken on ${numberIn(totals, "runs")} runs, all of them in the ledger`,
    );
  }
  const runs = wrong.map(
    (row) =>
      `${textIn(row, "run_id")} (${textIn(row, "taken")} counted, ${textIn(row, "places")} in the ledger, ${textIn(row, "capacity")} in all)`,
  );
  return trouble(
    "Places",
    `${wrong.length} runs count other places than their ledger has: ${someOf(runs, 3)}`,
    `Stop selling these runs. ${MUST_NOT_BE}`,
  );
}

async function checkBookings(db: Database): Promise<CheckResult> {
  const wrong = await rowsOf(db, BOOKINGS);
  if (wrong.length === 0) return ok("Bookings", "each holds one place for each registration");
  const bookings = wrong.map((row) => {
    const pieces =
      numberIn(row, "allocations") > 1 ? ` in ${textIn(row, "allocations")} pieces` : "";
    return `${textIn(row, "reference")} (${textIn(row, "status")}: needs ${textIn(row, "needed")}, has ${textIn(row, "held")} as ${textIn(row, "kind")}${pieces})`;
  });
  return trouble(
    "Bookings",
    `${wrong.length} hold other places than they need: ${someOf(bookings, 3)}`,
    MUST_NOT_BE,
  );
}

/**
 * @returns whether `taken = sum(quantity of active allocations)` for every run, and every booking has the
 *   places of its registrations
 */
export async function checkSeats(db: Database): Promise<CheckResult[]> {
  return [await checkPlaces(db), await checkBookings(db)];
}
