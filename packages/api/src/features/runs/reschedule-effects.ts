import type { RescheduleEffects } from "@lectern/contract/scheduling";
import { arrayOf, int8, text, uuid } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import { courseRun } from "@lectern/database/schema/scheduling";
import type { Transaction } from "@lectern/database/transaction";
import { eq, sql } from "drizzle-orm";
import type { RunMoved } from "./move-run.ts";
import type { RunRow } from "./run-changed.ts";

const ORGANISATIONS_MAX = sql`50`;

/** As the mails of `run_rescheduled` are written: to the booker of each booking, and to each learner who has a certain place and is somebody else. */
const peopleAsked = prepared("runs.move.people", { ids: arrayOf(uuid) }, (_, $) =>
  rows(
    { bookings: int8, registrations: int8, unnamed: int8, learnersTold: int8, organisations: int8 },
    sql`
    SELECT count(DISTINCT b.id) AS bookings, count(*) AS registrations,
      count(*) FILTER (WHERE r.learner_email IS NULL) AS unnamed,
      count(*) FILTER (WHERE b.status = 'confirmed' AND r.learner_name IS NOT NULL
        AND lower(r.learner_email) <> lower(b.booker_email)) AS learners_told,
      count(DISTINCT b.organisation_id) AS organisations
    FROM registration AS r JOIN booking AS b ON b.id = r.booking_id
    WHERE r.id = ANY (${$.ids})`,
  ),
);

const organisationsAsked = prepared("runs.move.organisations", { ids: arrayOf(uuid) }, (_, $) =>
  rows(
    { id: uuid, name: text, registrations: int8 },
    sql`
    SELECT o.id, o.name, asked.registrations
    FROM (
      SELECT b.organisation_id AS id, count(*) AS registrations
      FROM registration AS r JOIN booking AS b ON b.id = r.booking_id
      WHERE r.id = ANY (${$.ids}) AND b.organisation_id IS NOT NULL
      GROUP BY b.organisation_id
      ORDER BY registrations DESC, b.organisation_id
      LIMIT ${ORGANISATIONS_MAX}
    ) AS asked JOIN organisation AS o ON o.id = asked.id
    ORDER BY asked.registrations DESC, o.id`,
  ),
);

/** What this transaction changed: it began no later than it wrote, and nobody else writes while it has the counter. */
const SINCE = sql`date_trunc('milliseconds', now())`;

const setAside = prepared(
  "runs.move.setAside",
  { runId: uuid, bookingIds: arrayOf(uuid), entryIds: arrayOf(uuid) },
  (_, $) =>
    rows(
      {
        holdsEnded: int8,
        offersEnded: int8,
        offersMade: int8,
        offersTold: int8,
        lapsesTold: int8,
        waiting: int8,
      },
      sql`
      SELECT
        (SELECT count(*) FROM booking AS b
          WHERE b.id = ANY (${$.bookingIds}) AND b.status = 'expired') AS holds_ended,
        count(*) FILTER (WHERE e.status = 'lapsed' AND e.id = ANY (${$.entryIds})) AS offers_ended,
        count(*) FILTER (WHERE e.status = 'offered' AND e.offered_at >= ${SINCE}) AS offers_made,
        count(*) FILTER (WHERE e.status = 'offered' AND e.updated_at >= ${SINCE}) AS offers_told,
        count(*) FILTER (WHERE e.status = 'lapsed' AND e.updated_at >= ${SINCE}) AS lapses_told,
        count(*) FILTER (WHERE e.status = 'waiting') AS waiting
      FROM waitlist_entry AS e
      WHERE e.run_id = ${$.runId}
        AND (e.status IN ('waiting', 'offered') OR (e.status = 'lapsed' AND e.updated_at >= ${SINCE}))`,
    ),
);

/**
 * Tells whom and what a move concerns, from what it has written: in its transaction, after it.
 */
export async function readEffects(
  tx: Transaction,
  { run, effects: { asked, holdsShortened, offersShortened } }: RunMoved,
): Promise<RescheduleEffects> {
  const people = await peopleAsked.first(tx, { ids: asked });
  const organisations = await organisationsAsked.execute(tx, { ids: asked });
  const places = await setAside.first(tx, {
    runId: run.id,
    bookingIds: holdsShortened,
    entryIds: offersShortened,
  });
  if (people === undefined || places === undefined) throw new Error("A count has no row");
  const mails: RescheduleEffects["mails"] = [
    { kind: "run_rescheduled", mails: people.bookings + people.learnersTold },
    { kind: "offer", mails: places.offersTold },
    { kind: "offer_lapsed", mails: places.lapsesTold },
  ];
  return {
    bookings: people.bookings,
    registrations: people.registrations,
    unnamed: people.unnamed,
    organisations,
    organisationCount: people.organisations,
    holdsShortened: holdsShortened.length,
    holdsEnded: places.holdsEnded,
    offersShortened: offersShortened.length,
    offersEnded: places.offersEnded,
    offersMade: places.offersMade,
    waiting: places.waiting,
    datesPulled: await datesPulled(tx, run),
    mails: mails.filter((one) => one.mails > 0),
  };
}

async function datesPulled(
  tx: Transaction,
  before: RunRow,
): Promise<RescheduleEffects["datesPulled"]> {
  const [after] = await tx
    .select({
      bookingOpensAt: courseRun.bookingOpensAt,
      bookingClosesAt: courseRun.bookingClosesAt,
      decisionAt: courseRun.decisionAt,
    })
    .from(courseRun)
    .where(eq(courseRun.id, before.id));
  const dates = ["bookingOpensAt", "bookingClosesAt", "decisionAt"] as const;
  return dates.filter((date) => after?.[date]?.getTime() !== before[date]?.getTime());
}
