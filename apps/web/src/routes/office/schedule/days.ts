/**
 * Plain days, `2027-03-01`, and what calendars do with them. They have no zone: they are counted in UTC, where each
 * has 24 hours.
 */

const DAY_MS = 86_400_000;
const DAYS_OF_WEEK = 7;

function timeOf(day: string): number {
  return Date.parse(`${day}T00:00Z`);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** @returns the day so many days later, or earlier */
export function addDays(day: string, days: number): string {
  return dayOf(timeOf(day) + days * DAY_MS);
}

/** @returns how many days lie between: 0 for the same */
export function daysBetween(from: string, to: string): number {
  return Math.round((timeOf(to) - timeOf(from)) / DAY_MS);
}

/** @returns the day so many months later, or earlier; the last of its month where it has no such day */
export function addMonths(day: string, months: number): string {
  const first = new Date(timeOf(`${day.slice(0, 7)}-01`));
  first.setUTCMonth(first.getUTCMonth() + months);
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  const date = Math.min(Number(day.slice(8)), last.getUTCDate());
  return addDays(dayOf(first.getTime()), date - 1);
}

/** 0 for Monday to 6 for Sunday: weeks begin on Mondays (ISO 8601). */
function weekdayOf(day: string): number {
  return (new Date(timeOf(day)).getUTCDay() + 6) % DAYS_OF_WEEK;
}

/** @returns the Monday of its week */
export function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day));
}

/** @returns so many days from one on */
export function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(first, index));
}

/** @returns the weeks that a month touches, each of seven days from Monday */
export function weeksOfMonth(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const next = addMonths(first, 1);
  const weeks: string[][] = [];
  for (let monday = mondayOf(first); monday < next; monday = addDays(monday, DAYS_OF_WEEK)) {
    weeks.push(daysFrom(monday, DAYS_OF_WEEK));
  }
  return weeks;
}

/** @returns the day that it is on the clock of this device */
export function todayHere(now = new Date()): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 10);
}

/** Minutes since midnight of `2027-03-01T09:30`, or of `09:30`. */
export function minutesOf(local: string): number {
  const [hours = 0, minutes = 0] = local.slice(-5).split(":").map(Number);
  return hours * 60 + minutes;
}
