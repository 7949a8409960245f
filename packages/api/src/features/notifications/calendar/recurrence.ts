/** One sitting as calendars keep it. */
export interface Sitting {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly location: string;
}

/** A sitting that does not stand where the rule says, or in another room. */
export interface Exception {
  /** Where the rule puts it: its RECURRENCE-ID. */
  readonly instead: Date;
  readonly sitting: Sitting;
}

export interface Recurrence {
  readonly first: Sitting;
  /** RRULE, EXDATE and RDATE (RFC 5545, section 3.8.5) of what follows; `null` for a single sitting. */
  readonly rule: string | null;
  readonly exceptions: readonly Exception[];
}

const DAY_MS = 86_400_000;

/**
 * Describes the sittings of a run as one event that repeats. An invitation speaks of one event alone
 * (RFC 5546, section 3.2.2: all its components have the same UID), and so does its cancellation.
 *
 * Everything is said in UTC, which no calendar can misread: sittings on the other side of a change of
 * clocks are exceptions to the rule. The rule counts days, so that each exception stays on the day that
 * it has; programs such as Outlook take no exception that leaps over another sitting. Several sittings
 * on one day are listed one by one.
 *
 * @param sittings in their order, at least one
 */
export function recurrenceOf(sittings: readonly [Sitting, ...Sitting[]]): Recurrence {
  const [first] = sittings;
  const distinct = sittings.filter(
    ({ startsAt }, index) => startsAt.getTime() !== sittings[index - 1]?.startsAt.getTime(),
  );
  if (distinct.length === 1) return { first, rule: null, exceptions: [] };
  const days = distinct.map(({ startsAt }) => Math.floor(startsAt.getTime() / DAY_MS));
  const gaps = days.slice(1).map((day, index) => day - (days[index] ?? 0));
  return gaps.every((gap) => gap > 0) ? byDays(first, distinct, gaps) : byList(first, distinct);
}

/** Every so many days, but for some. */
function byDays(first: Sitting, sittings: readonly Sitting[], gaps: readonly number[]): Recurrence {
  const interval = gaps.reduce(greatestCommonDivisor);
  const stepMs = interval * DAY_MS;
  const count = gaps.reduce((sum, gap) => sum + gap, 0) / interval + 1;
  const left: Date[] = [];
  const exceptions: Exception[] = [];
  let next = 0;
  for (let step = 0; step < count; step++) {
    const nominal = new Date(first.startsAt.getTime() + step * stepMs);
    const sitting = sittings[next];
    if (sitting === undefined || !isSameDay(sitting.startsAt, nominal)) {
      left.push(nominal);
      continue;
    }
    next++;
    if (!isLike(sitting, first, nominal)) exceptions.push({ instead: nominal, sitting });
  }
  const every = interval === 1 ? "" : `;INTERVAL=${interval}`;
  const rule = [
    `RRULE:FREQ=DAILY${every};COUNT=${count}`,
    ...(left.length === 0 ? [] : [`EXDATE:${left.map(utc).join(",")}`]),
  ];
  return { first, rule: rule.join("\r\n"), exceptions };
}

function byList(first: Sitting, sittings: readonly Sitting[]): Recurrence {
  const others = sittings.slice(1);
  return {
    first,
    // The rule that says nothing is for programs that look for further dates only where there is one.
    rule: `RRULE:FREQ=DAILY;COUNT=1\r\nRDATE:${others.map(({ startsAt }) => utc(startsAt)).join(",")}`,
    exceptions: others
      .filter((sitting) => !isLike(sitting, first, sitting.startsAt))
      .map((sitting) => ({ instead: sitting.startsAt, sitting })),
  };
}

function isLike(sitting: Sitting, first: Sitting, nominal: Date): boolean {
  const lasts = sitting.endsAt.getTime() - sitting.startsAt.getTime();
  return (
    sitting.startsAt.getTime() === nominal.getTime() &&
    lasts === first.endsAt.getTime() - first.startsAt.getTime() &&
    sitting.location === first.location
  );
}

function isSameDay(one: Date, other: Date): boolean {
  return Math.floor(one.getTime() / DAY_MS) === Math.floor(other.getTime() / DAY_MS);
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/** `20270326T080000Z` (RFC 5545, section 3.3.5, form 2). */
function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d+/gu, "");
}
