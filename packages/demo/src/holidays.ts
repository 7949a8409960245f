import type { Country } from "./content/venues.ts";

/**
 * Public holidays of the countries that the demo academy teaches in, calculated from their rules.
 * Regions: England, Berlin, and the federal holidays of the United States. Days that a lunar
 * calendar decides are calculated, where authorities look at the sky: the days that they proclaim
 * may be one off in some year.
 */

/** @returns the names of a year's public holidays by ISO date; weekends are in it when they are one */
export function publicHolidays(country: Country, year: number): ReadonlyMap<string, string> {
  const key = `${country}${year}`;
  const known = cache.get(key);
  if (known) return known;
  const holidays = rules[country](year).filter(({ date }) => date.year === year);
  const days = new Map(holidays.map(({ date, name }) => [date.toString(), name]));
  cache.set(key, days);
  return days;
}

export function isPublicHoliday(country: Country, date: Temporal.PlainDate): boolean {
  return publicHolidays(country, date.year).has(date.toString());
}

interface Holiday {
  readonly date: Temporal.PlainDate;
  readonly name: string;
}

const cache = new Map<string, ReadonlyMap<string, string>>();

const rules: Readonly<Record<Country, (year: number) => Holiday[]>> = {
  GB: (year) => [
    ...inLieu([day(year, 1, 1, "New Year's Day")]),
    easter(year, -2, "Good Friday"),
    easter(year, 1, "Easter Monday"),
    { date: nthWeekday(year, 5, MONDAY, 1), name: "Early May bank holiday" },
    { date: lastWeekday(year, 5, MONDAY), name: "Spring bank holiday" },
    { date: lastWeekday(year, 8, MONDAY), name: "Summer bank holiday" },
    ...inLieu([day(year, 12, 25, "Christmas Day"), day(year, 12, 26, "Boxing Day")]),
  ],
  NO: (year) => [
    day(year, 1, 1, "Første nyttårsdag"),
    easter(year, -3, "Skjærtorsdag"),
    easter(year, -2, "Langfredag"),
    easter(year, 0, "Første påskedag"),
    easter(year, 1, "Andre påskedag"),
    day(year, 5, 1, "Arbeidernes dag"),
    day(year, 5, 17, "Grunnlovsdagen"),
    easter(year, 39, "Kristi himmelfartsdag"),
    easter(year, 49, "Første pinsedag"),
    easter(year, 50, "Andre pinsedag"),
    day(year, 12, 25, "Første juledag"),
    day(year, 12, 26, "Andre juledag"),
  ],
  TR: (year) => [
    day(year, 1, 1, "Yılbaşı"),
    day(year, 4, 23, "Ulusal Egemenlik ve Çocuk Bayramı"),
    day(year, 5, 1, "Emek ve Dayanışma Günü"),
    day(year, 5, 19, "Atatürk'ü Anma, Gençlik ve Spor Bayramı"),
    day(year, 7, 15, "Demokrasi ve Millî Birlik Günü"),
    day(year, 8, 30, "Zafer Bayramı"),
    day(year, 10, 29, "Cumhuriyet Bayramı"),
    ...islamic(year, 10, 1, 3, "Ramazan Bayramı"),
    ...islamic(year, 12, 10, 4, "Kurban Bayramı"),
  ],
  DE: (year) => [
    day(year, 1, 1, "Neujahr"),
    day(year, 3, 8, "Internationaler Frauentag"),
    easter(year, -2, "Karfreitag"),
    easter(year, 1, "Ostermontag"),
    day(year, 5, 1, "Tag der Arbeit"),
    easter(year, 39, "Christi Himmelfahrt"),
    easter(year, 50, "Pfingstmontag"),
    day(year, 10, 3, "Tag der Deutschen Einheit"),
    day(year, 12, 25, "Erster Weihnachtstag"),
    day(year, 12, 26, "Zweiter Weihnachtstag"),
  ],
  US: (year) => [
    ...observed(day(year, 1, 1, "New Year's Day")),
    // 1 January of the next year may be observed on 31 December of this one.
    ...observed(day(year + 1, 1, 1, "New Year's Day")),
    { date: nthWeekday(year, 1, MONDAY, 3), name: "Birthday of Martin Luther King, Jr." },
    { date: nthWeekday(year, 2, MONDAY, 3), name: "Washington's Birthday" },
    { date: lastWeekday(year, 5, MONDAY), name: "Memorial Day" },
    ...observed(day(year, 6, 19, "Juneteenth")),
    ...observed(day(year, 7, 4, "Independence Day")),
    { date: nthWeekday(year, 9, MONDAY, 1), name: "Labor Day" },
    { date: nthWeekday(year, 10, MONDAY, 2), name: "Columbus Day" },
    ...observed(day(year, 11, 11, "Veterans Day")),
    { date: nthWeekday(year, 11, THURSDAY, 4), name: "Thanksgiving Day" },
    ...observed(day(year, 12, 25, "Christmas Day")),
  ],
  SG: (year) =>
    inLieu(
      [
        day(year, 1, 1, "New Year's Day"),
        chinese(year, 1, 1, "Chinese New Year"),
        chinese(year, 1, 2, "Chinese New Year"),
        ...islamic(year, 10, 1, 1, "Hari Raya Puasa"),
        easter(year, -2, "Good Friday"),
        day(year, 5, 1, "Labour Day"),
        ...islamic(year, 12, 10, 1, "Hari Raya Haji"),
        chinese(year, 4, 15, "Vesak Day"),
        day(year, 8, 9, "National Day"),
        deepavali(year),
        day(year, 12, 25, "Christmas Day"),
      ],
      [SUNDAY],
    ),
};

const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 7;

function day(year: number, month: number, dayOfMonth: number, name: string): Holiday {
  return { date: new Temporal.PlainDate(year, month, dayOfMonth), name };
}

/** Western Easter by the anonymous Gregorian algorithm (Nature, 20 April 1876). */
function easterSunday(year: number): Temporal.PlainDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return new Temporal.PlainDate(year, Math.floor(n / 31), (n % 31) + 1);
}

function easter(year: number, days: number, name: string): Holiday {
  return { date: easterSunday(year).add({ days }), name };
}

function nthWeekday(year: number, month: number, weekday: number, nth: number): Temporal.PlainDate {
  const first = new Temporal.PlainDate(year, month, 1);
  return first.add({ days: ((weekday - first.dayOfWeek + 7) % 7) + 7 * (nth - 1) });
}

function lastWeekday(year: number, month: number, weekday: number): Temporal.PlainDate {
  const last = new Temporal.PlainDate(year, month, 1).add({ months: 1 }).subtract({ days: 1 });
  return last.subtract({ days: (last.dayOfWeek - weekday + 7) % 7 });
}

/** Holidays that fall on one of the weekdays get the next day that is free of both as well. */
function inLieu(holidays: readonly Holiday[], weekdays = [SATURDAY, SUNDAY]): Holiday[] {
  const taken = new Set(holidays.map(({ date }) => date.toString()));
  const substitutes: Holiday[] = [];
  for (const { date, name } of holidays) {
    if (!weekdays.includes(date.dayOfWeek)) continue;
    let next = date;
    while (weekdays.includes(next.dayOfWeek) || taken.has(next.toString())) {
      next = next.add({ days: 1 });
    }
    taken.add(next.toString());
    substitutes.push({ date: next, name: `${name} (substitute day)` });
  }
  return [...holidays, ...substitutes];
}

/** The American way: a Saturday's holiday is kept on Friday, a Sunday's on Monday. */
function observed(holiday: Holiday): Holiday[] {
  const shift = { [SATURDAY]: -1, [SUNDAY]: 1 }[holiday.date.dayOfWeek];
  if (shift === undefined) return [holiday];
  const date = holiday.date.add({ days: shift });
  return [holiday, { date, name: `${holiday.name} (observed)` }];
}

/** Days of the Islamic year, which may come twice in ours, by the calendar of Umm al-Qura. */
function islamic(year: number, month: number, from: number, days: number, name: string): Holiday[] {
  const newYear = new Temporal.PlainDate(year, 1, 1).withCalendar("islamic-umalqura");
  return [newYear.year, newYear.year + 1]
    .map((islamicYear) =>
      Temporal.PlainDate.from({
        calendar: "islamic-umalqura",
        year: islamicYear,
        month,
        day: from,
      }).withCalendar("iso8601"),
    )
    .flatMap((first) =>
      Array.from({ length: days }, (_, i) => ({ date: first.add({ days: i }), name })),
    );
}

/** A day of the Chinese year that begins in this one, leap months left aside. */
function chinese(year: number, month: number, dayOfMonth: number, name: string): Holiday {
  const monthCode = `M${String(month).padStart(2, "0")}`;
  const date = Temporal.PlainDate.from({ calendar: "chinese", year, monthCode, day: dayOfMonth });
  return { date: date.withCalendar("iso8601"), name };
}

/**
 * The eve of the new moon between 15 October and 14 November. The Chinese calendar's months begin
 * with the new moon, so it knows.
 */
function deepavali(year: number): Holiday {
  let date = new Temporal.PlainDate(year, 10, 16);
  while (date.withCalendar("chinese").day !== 1) date = date.add({ days: 1 });
  return { date: date.subtract({ days: 1 }), name: "Deepavali" };
}
