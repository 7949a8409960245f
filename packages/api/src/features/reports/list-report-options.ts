import type { Reach } from "@lectern/auth/actor";
import type { ReportOptions } from "@lectern/contract/reports";
import { arrayOf, bool, text } from "@lectern/database/codecs";
import { prepared, rows } from "@lectern/database/prepared";
import type { Database } from "@lectern/database/queryable";
import { sql } from "drizzle-orm";
import { readCalendar } from "./academy-calendar.ts";

const topics = prepared("reports.topics", {}, () =>
  rows(
    { slug: text, name: text },
    sql`SELECT slug, name FROM topic ORDER BY position, name LIMIT 1000`,
  ),
);

const cities = prepared("reports.cities", { everywhere: bool, countries: arrayOf(text) }, (_, $) =>
  rows(
    { city: text, country: text },
    sql`SELECT DISTINCT city, country FROM venue
      WHERE ${$.everywhere} OR country = ANY(${$.countries}) ORDER BY country, city LIMIT 5000`,
  ),
);

/** What reports can be narrowed down to within somebody's reach, and the calendar that their days are of. */
export async function listReportOptions(
  db: Database,
  { everywhere, countries }: Reach,
): Promise<ReportOptions> {
  const [calendar, allTopics, allCities] = await Promise.all([
    readCalendar(db),
    topics.execute(db, {}),
    cities.execute(db, { everywhere, countries }),
  ]);
  return {
    timeZone: calendar.timeZone,
    today: calendar.today.toString(),
    topics: allTopics,
    cities: allCities,
  };
}
