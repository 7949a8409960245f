/** What in the plan of a query grows with the academy, and why that is as it should be. */
interface Exception {
  /** Names of prepared queries; of others, the procedure that sends them and what they begin with. */
  readonly queries: RegExp;
  /** What was found, in the words of `faultsOf`: each of them must be there. */
  readonly faults: readonly string[];
  readonly reason: string;
}

/** Of tables with encrypted columns: all of them are counted. */
const COUNTED_VALUES: readonly (readonly [query: string, table: string])[] = [
  ["booking.booker_phone", "booking"],
  ["enquiry.phone", "enquiry"],
  ["person.access_needs", "person"],
  ["person.address", "person"],
  ["person.dietary_needs", "person"],
  ["person.phone", "person"],
  ["idempotency_key.answer", "idempotency_key"],
  ["privacy_request.archive", "privacy_request"],
  ["one_time_token.data.secret", "one_time_token"],
  ["one_time_token.data.secrets", "one_time_token"],
];

/** Lists of staff's, whose totals are counted where nothing was chosen. */
const COUNTED_LISTS: readonly (readonly [query: string, table: string])[] = [
  ["audit.list: select audit_entry again", "audit_entry"],
  ["mail.list: select mail_message again", "mail_message"],
  ["people.list: select person", "person"],
  ["privacy.allRequests: select privacy_request again", "privacy_request"],
];

function readingAll(
  counted: readonly (readonly [query: string, table: string])[],
  reason: string,
): Exception[] {
  return counted.map(([query, table]) => ({
    queries: new RegExp(`^${RegExp.escape(query)}$`, "u"),
    faults: [`reads all of ${table}, without an index`],
    reason,
  }));
}

const EXCEPTIONS: readonly Exception[] = [
  ...readingAll(
    COUNTED_VALUES.map(([column, table]) => [`keys.count.${column}`, table]),
    "Counts every encrypted value, for an administrator who changes keys.",
  ),
  ...readingAll(COUNTED_LISTS, "How many there are altogether, for staff who have chosen none."),
  {
    queries: /^bookings\.list\.count$/u,
    faults: ["reads all of booking, without an index"],
    reason:
      "How many bookings there are altogether, for staff who see all of them and have chosen none. Those of a run, of a company and of an instructor are found by queries of their own.",
  },
  {
    queries: /^organisations\.list\.count$/u,
    faults: ["reads all of organisation, without an index"],
    reason:
      "The same of companies. What is looked for, and what is within the reach of a company, is found by other queries.",
  },
  {
    queries: /^waitlist\.runsToClose$/u,
    faults: ["reads all of waitlist_entry, without an index"],
    reason:
      "All that wait, and no others: a job of the worker's looks at the run of each. When an offer can't stand any longer depends on three columns, one of them a number of minutes, which no index orders.",
  },
  {
    queries: /^courses\.facets(?:\.searched)?$/u,
    faults: ["reads all of run_calendar, without an index"],
    reason:
      "Each choice is counted where all others hold, so every course that is found has to be looked at. The calendar has a row for each way in which a course is offered, and none for each run: it grows with the catalogue.",
  },
  {
    queries: /^courses\.facets$/u,
    faults: ["keeps many rows (Hash)"],
    reason:
      "The same: the courses of the whole catalogue are joined with what they are offered as, and counted.",
  },
  {
    queries: /^courses\.list\.(?!whole$)/u,
    faults: ["reads all of run_calendar, without an index"],
    reason:
      "Under a condition that is only looked at where somebody asks for a country, a city, a price or a date: then the offers of all courses are looked through once. Otherwise it is never run.",
  },
  {
    queries: /^courses\.topics$/u,
    faults: ["keeps many rows (Hash)"],
    reason:
      "Counts the published courses of every topic, and so reads the catalogue: courses, not runs.",
  },
  {
    queries: /^audit\.unsealed$/u,
    faults: ["reads many rows of audit_entry", "reads many rows of audit_seal"],
    reason:
      "Entries after the last that is known to be sealed: of a bound that is a parameter PostgreSQL expects a third of all rows. It takes them from two primary keys, a batch at a time.",
  },
  {
    queries: /^runs\.export: select session$/u,
    faults: ["sorts many rows"],
    reason:
      "A page: of a LIMIT that is a parameter PostgreSQL expects a tenth of all rows. The page itself comes from indexes, course by course.",
  },
  {
    queries: /^runs\.export: select course_run$/u,
    faults: ["reads all of course_run, without an index"],
    reason:
      "How many runs there are, counted for the first page alone: the later ones carry it in their cursor.",
  },
  {
    queries: /^runs\.options: select (?:instructor|room)$/u,
    faults: ["sorts many rows"],
    reason:
      "All rooms and all instructors, for staff who choose among them. The big academy has thousands, a room and an instructor for each eight offers.",
  },
];

export interface Judged {
  readonly faults: readonly string[];
  /** How many were explained. */
  readonly explained: number;
}

/**
 * @param found faults by the name of their query
 * @param isComplete whether all tables are as large as they get: only then an exception that nothing shows is one too many
 * @returns the faults for which there is no exception, with one for each exception that is none any longer
 */
export function withoutExceptions(
  found: ReadonlyMap<string, readonly string[]>,
  isComplete: boolean,
): Judged {
  let explained = 0;
  const faults: string[] = [];
  for (const [query, those] of found) {
    for (const fault of those) {
      const isExplained = EXCEPTIONS.some(
        (exception) => exception.queries.test(query) && exception.faults.includes(fault),
      );
      if (isExplained) explained += 1;
      else faults.push(`${query} ${fault}`);
    }
  }
  if (!isComplete) return { faults, explained };
  for (const exception of EXCEPTIONS) {
    const concerned = [...found].filter(([query]) => exception.queries.test(query));
    for (const fault of exception.faults) {
      const isShown = concerned.length > 0 && concerned.every(([, those]) => those.includes(fault));
      if (!isShown) {
        faults.push(
          `The exception of ${exception.queries.source} is none any longer for some (${fault}): take it out of the table`,
        );
      }
    }
  }
  return { faults, explained };
}
