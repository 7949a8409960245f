import type { Database } from "@lectern/database/queryable";
import { type CheckResult, ok, someOf, trouble } from "./check.ts";
import { rowsOf, textIn } from "./rows.ts";

/** Whether what is counted or pointed to beside the places is what it should be. */

const REPORT = "Keep a dump of the database, and report it: this must never happen.";

const QUEUES = `
  select c.run_id, c.waiting, coalesce(w.parties, 0) as parties
  from run_capacity c
  left join (
    select run_id, count(*) as parties from waitlist_entry where status = 'waiting' group by run_id
  ) w on w.run_id = c.run_id
  where c.waiting <> coalesce(w.parties, 0)
  order by c.run_id
  limit 1000`;

/** Who was offered places has just these set aside; nobody else has. Who is through has a time at which. */
const OFFERS = `
  select e.id, e.status
  from waitlist_entry e
  left join (
    select waitlist_entry_id, count(*) as offers, sum(quantity) as places
    from seat_allocation where state = 'active' and kind = 'offer' group by waitlist_entry_id
  ) a on a.waitlist_entry_id = e.id
  where (e.status = 'offered' and (a.offers is distinct from 1 or a.places is distinct from e.offered_quantity))
    or (e.status <> 'offered' and a.offers is not null)
    or (e.status in ('waiting', 'offered')) <> (e.ended_at is null)
  order by e.id
  limit 1000`;

/** @returns whether the queues are as long as they are counted, and offers have their places */
export async function checkWaitlists(db: Database): Promise<CheckResult> {
  const name = "Waiting lists";
  const queues = (await rowsOf(db, QUEUES)).map(
    (row) =>
      `run ${textIn(row, "run_id")} (${textIn(row, "waiting")} counted, ${textIn(row, "parties")} waiting)`,
  );
  const offers = (await rowsOf(db, OFFERS)).map(
    (row) => `entry ${textIn(row, "id")} (${textIn(row, "status")})`,
  );
  const wrong = [...queues, ...offers];
  if (wrong.length === 0) return ok(name, "all counted, and each offer has its places");
  return trouble(name, `${wrong.length} are not right: ${someOf(wrong, 3)}`, REPORT);
}

const DISCOUNTS = `
  select c.code, c.used, coalesce(u.uses, 0) as uses
  from discount_code c
  left join (
    select discount_code_id, count(*) as uses from discount_use where state = 'active' group by discount_code_id
  ) u on u.discount_code_id = c.id
  where c.used <> coalesce(u.uses, 0) or c.used > c.max_uses
  order by c.code
  limit 1000`;

/** @returns whether discount codes were used as often as they count, and no oftener than they may be */
export async function checkDiscounts(db: Database): Promise<CheckResult> {
  const name = "Discount codes";
  const wrong = (await rowsOf(db, DISCOUNTS)).map(
    (row) =>
      `${textIn(row, "code")} (${textIn(row, "used")} counted, ${textIn(row, "uses")} in use)`,
  );
  if (wrong.length === 0) return ok(name, "used as often as they count, and as they may be");
  return trouble(name, `${wrong.length} are not right: ${someOf(wrong, 3)}`, REPORT);
}

const TRANSFERS = `
  select r.id, case when s.id is null then 'leads nowhere' else 'leads to the same run' end as what
  from registration r left join registration s on s.id = r.successor_id
  where r.status = 'transferred' and (s.id is null or s.run_id = r.run_id)
  union all
  select successor_id, 'comes from ' || count(*) || ' registrations'
  from registration where successor_id is not null group by successor_id having count(*) > 1
  order by 1
  limit 1000`;

/** @returns whether each registration that was transferred goes on, as one alone and on another run */
export async function checkTransfers(db: Database): Promise<CheckResult> {
  const name = "Transfers";
  const wrong = (await rowsOf(db, TRANSFERS)).map(
    (row) => `registration ${textIn(row, "id")} ${textIn(row, "what")}`,
  );
  if (wrong.length === 0) return ok(name, "each leads to a registration of its own on another run");
  return trouble(name, `${wrong.length} are not right: ${someOf(wrong, 3)}`, REPORT);
}
