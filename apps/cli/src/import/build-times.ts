import type { Fact, ImportDefaults, RunFacts, ScheduleFacts, StretchFacts } from "./facts.ts";
import { type RecordFindings, quoted } from "./findings.ts";
import { readTimeZone } from "./values/time-zone.ts";
import {
  type WallClock,
  endOfDay,
  localIn,
  plusDuration,
  readWallClock,
} from "./values/wall-clock.ts";

/** When a run takes place, from what another system says of it. */

export interface LocalStretch {
  readonly localStart: string;
  readonly localEnd: string;
}

export interface RunTimes extends LocalStretch {
  readonly timeZone: string;
  readonly sessions: LocalStretch[];
}

const SESSIONS_MAX = 400;

function readClock(fact: Fact, findings: RecordFindings): WallClock | undefined {
  const clock = readWallClock(fact.value);
  if (clock === undefined) {
    findings.refuse(
      "bad_date",
      `${quoted(fact.value)} is not a date and time (write 2027-03-01T09:00)`,
      fact.field,
    );
  } else if (clock.hadSeconds) {
    findings.note("text_changed", `${quoted(fact.value)}: seconds were left out`, fact.field);
  }
  return clock;
}

/** The zone that the record names, else the one that a date names, else the one asked for. */
function readZone(
  facts: RunFacts,
  clocks: readonly (WallClock | undefined)[],
  defaults: ImportDefaults,
  findings: RecordFindings,
): string | undefined {
  const inDate = clocks.find((clock) => clock?.zone !== undefined)?.zone;
  const said =
    facts.timeZone ??
    (inDate === undefined ? undefined : { value: inDate, field: facts.start?.field ?? "" });
  if (said !== undefined && said.value.trim() !== "") {
    const reading = readTimeZone(said.value);
    if (reading.zone === undefined) {
      findings.refuse(
        "time_zone",
        `${quoted(said.value)} is not a time zone (write Europe/Oslo)`,
        said.field,
      );
    } else if (reading.isGuess) {
      findings.note(
        "time_zone",
        `${quoted(said.value)} is not a time zone: taken as ${reading.zone}`,
        said.field,
      );
    }
    return reading.zone;
  }
  if (defaults.timeZone === undefined) {
    const hint = clocks.some((clock) => clock?.instant !== undefined)
      ? "an offset from UTC is no time zone: it does not know when summer time begins"
      : "no time zone is given";
    findings.refuse("no_time_zone", `${hint} (give --time-zone)`);
  }
  return defaults.timeZone;
}

function inZone(
  clock: WallClock,
  zone: string | undefined,
  field: string,
  findings: RecordFindings,
): string {
  if (zone === undefined) return clock.local;
  const { local, wasTurned } = localIn(clock, zone);
  if (wasTurned) {
    findings.note(
      "time_zone",
      `${clock.local} at its offset from UTC is ${local} in ${zone}`,
      field,
    );
  }
  return local;
}

/** RFC 5545 reads days the same way: the last day belongs to the stretch. */
function areWholeDays(start: WallClock, end: WallClock): boolean {
  const isMidnight = (clock: WallClock) =>
    clock.instant === undefined && clock.local.endsWith("T00:00");
  return isMidnight(start) && isMidnight(end);
}

function readStretch(
  facts: StretchFacts,
  zone: string | undefined,
  findings: RecordFindings,
): LocalStretch | undefined {
  const start = readClock(facts.start, findings);
  const end = facts.end === undefined ? undefined : readClock(facts.end, findings);
  if (start === undefined || (facts.end !== undefined && end === undefined)) return undefined;
  const localStart = inZone(start, zone, facts.start.field, findings);
  if (end !== undefined && facts.end !== undefined) {
    if (areWholeDays(start, end)) {
      findings.note(
        "whole_days",
        "start and end have no time of day: taken as whole days",
        facts.start.field,
      );
      return { localStart, localEnd: endOfDay(end.local) };
    }
    const localEnd = inZone(end, zone, facts.end.field, findings);
    return { localStart, localEnd: end.hasTime ? localEnd : endOfDay(localEnd) };
  }
  const localEnd =
    facts.duration === undefined ? undefined : plusDuration(localStart, facts.duration.value);
  if (localEnd !== undefined) return { localStart, localEnd };
  if (!start.hasTime) {
    findings.note("whole_days", "has a day and no end: taken as that whole day", facts.start.field);
    return { localStart, localEnd: endOfDay(localStart) };
  }
  findings.refuse("no_dates", "has no end", facts.start.field);
  return undefined;
}

function isInOrder(stretch: LocalStretch, zone = "UTC"): boolean {
  const instant = (local: string) =>
    Temporal.PlainDateTime.from(local).toZonedDateTime(zone).toInstant();
  return Temporal.Instant.compare(instant(stretch.localStart), instant(stretch.localEnd)) <= 0;
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

function weekdayOf(text: string): number | undefined {
  const word = text.slice(text.lastIndexOf("/") + 1).toLowerCase();
  const index = WEEKDAYS.findIndex((day) => word.length >= 2 && day.startsWith(word));
  return index < 0 ? undefined : index + 1;
}

/** @returns the sittings of a daily or weekly schedule; `undefined` for one that does not say enough */
function expandSchedule(facts: ScheduleFacts): LocalStretch[] | undefined {
  const { startDate, startTime, endTime } = facts;
  if (startDate === undefined || startTime === undefined || endTime === undefined) return undefined;
  const frequency = facts.repeatFrequency?.toLowerCase();
  const isWeekly = frequency === "weekly" || frequency === "p1w";
  if (frequency !== undefined && !isWeekly && frequency !== "daily" && frequency !== "p1d")
    return undefined;
  const first = readWallClock(startDate);
  const last = facts.endDate === undefined ? undefined : readWallClock(facts.endDate);
  const count = facts.repeatCount === undefined ? undefined : Number(facts.repeatCount);
  if (first === undefined || (last === undefined && count === undefined)) return undefined;
  if (count !== undefined && !(Number.isInteger(count) && count > 0)) return undefined;

  const days = facts.byDay.map(weekdayOf);
  if (days.includes(undefined)) return undefined;
  const weekdays = new Set(days);
  const except = new Set(facts.exceptDates.map((date) => readWallClock(date)?.local.slice(0, 10)));
  const until = last?.local.slice(0, 10);
  const sessions: LocalStretch[] = [];
  let day = Temporal.PlainDate.from(first.local.slice(0, 10));
  const beginsOn = day.dayOfWeek;
  for (
    let step = 0;
    step < 3660 && sessions.length < Math.min(count ?? SESSIONS_MAX, SESSIONS_MAX);
    step += 1
  ) {
    const date = day.toString();
    if (until !== undefined && date > until) break;
    const fits =
      weekdays.size > 0 ? weekdays.has(day.dayOfWeek) : !isWeekly || day.dayOfWeek === beginsOn;
    if (fits && !except.has(date)) {
      const from = readWallClock(`${date}T${startTime}`);
      const to = readWallClock(`${date}T${endTime}`);
      if (from === undefined || to === undefined || to.local <= from.local) return undefined;
      sessions.push({ localStart: from.local, localEnd: to.local });
    }
    day = day.add({ days: 1 });
  }
  return sessions;
}

function readSessions(
  facts: RunFacts,
  zone: string | undefined,
  findings: RecordFindings,
): LocalStretch[] | undefined {
  if (facts.sessions.length > SESSIONS_MAX) {
    findings.refuse("too_long", `has more than ${SESSIONS_MAX} sessions`);
    return undefined;
  }
  const sessions: LocalStretch[] = [];
  for (const each of facts.sessions) {
    const session = readStretch(each, zone, findings);
    if (session === undefined) return undefined;
    if (session.localStart === session.localEnd || !isInOrder(session, zone)) {
      findings.refuse(
        "end_before_start",
        `the session ends at ${session.localEnd}, before it starts`,
        each.start.field,
      );
      return undefined;
    }
    sessions.push(session);
  }
  if (sessions.length > 0 || facts.schedule === undefined) return sessions;
  const { schedule } = facts;
  const expanded = expandSchedule(schedule);
  if (expanded === undefined && schedule.startTime !== undefined) {
    findings.note(
      "schedule_ignored",
      "the schedule is not a plain daily or weekly one: sittings were left out",
      schedule.field,
    );
  }
  return expanded ?? [];
}

/**
 * @returns the run's times, or `undefined` after a finding that refuses it. Nothing is guessed: a
 *   record without a time zone is refused unless the person who imports gives one.
 */
export function readTimes(
  facts: RunFacts,
  defaults: ImportDefaults,
  findings: RecordFindings,
): RunTimes | undefined {
  const clocks = [facts.start, facts.end].map((fact) =>
    fact === undefined ? undefined : readWallClock(fact.value),
  );
  const timeZone = readZone(facts, clocks, defaults, findings);
  // Dates are looked at even without a zone, so that one report names all that is wrong.
  const sessions = readSessions(facts, timeZone, findings);
  const [firstSession] = sessions ?? [];
  const lastSession = sessions?.at(-1);

  let whole: LocalStretch | undefined;
  if (facts.start !== undefined && facts.start.value.trim() !== "") {
    const end = facts.end !== undefined && facts.end.value.trim() !== "" ? facts.end : undefined;
    if (end === undefined && lastSession !== undefined) {
      const start = readClock(facts.start, findings);
      whole = start && {
        localStart: inZone(start, timeZone, facts.start.field, findings),
        localEnd: lastSession.localEnd,
      };
    } else {
      whole = readStretch(
        { start: facts.start, end, duration: facts.duration },
        timeZone,
        findings,
      );
    }
  } else if (firstSession !== undefined && lastSession !== undefined) {
    whole = { localStart: firstSession.localStart, localEnd: lastSession.localEnd };
  } else {
    findings.refuse("no_dates", "has no start");
  }
  if (whole !== undefined && !isInOrder(whole, timeZone)) {
    findings.refuse(
      "end_before_start",
      `ends at ${whole.localEnd}, before it starts at ${whole.localStart}`,
      facts.end?.field,
    );
    return undefined;
  }
  if (whole === undefined || sessions === undefined || timeZone === undefined) return undefined;
  return { ...whole, timeZone, sessions };
}
