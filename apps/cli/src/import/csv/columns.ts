import { CSV_COLUMNS, type CsvColumn } from "../../exchange/csv.ts";

/**
 * The columns that are understood: Lectern's own, and those of the event CSV of TeSS, the training
 * portal of ELIXIR. Names are compared without regard to letter case, spaces and underscores.
 */

/** What a column means; beside Lectern's own columns, what only TeSS has. */
export type ColumnMeaning =
  | CsvColumn
  | "online"
  | "postcode"
  | "duration"
  | "cost_basis"
  | "provider"
  /** Known, and nothing that Lectern keeps. */
  | "not_kept";

const TESS_COLUMNS: Readonly<Record<string, ColumnMeaning>> = {
  Title: "title",
  URL: "url",
  Description: "description",
  Start: "start",
  End: "end",
  Timezone: "time_zone",
  Contact: "not_kept",
  Organizer: "provider",
  Eligibility: "not_kept",
  "Host Institutions": "not_kept",
  Online: "online",
  City: "city",
  Country: "country",
  Venue: "venue",
  Postcode: "postcode",
  Subtitle: "summary",
  Duration: "duration",
  Recognition: "not_kept",
  Types: "not_kept",
  "Cost Basis": "cost_basis",
  Currency: "currency",
  Cost: "price",
  Capacity: "capacity",
  Fields: "topics",
  Keywords: "keywords",
  Audiences: "not_kept",
  Objectives: "outcomes",
  Prerequisites: "prerequisites",
  Requirements: "not_kept",
};

/** Other names that people give the same things. */
const OTHER_NAMES: Readonly<Record<string, ColumnMeaning>> = {
  name: "title",
  identifier: "id",
  start_date: "start",
  end_date: "end",
  tz: "time_zone",
  mode: "delivery_mode",
  course_mode: "delivery_mode",
  address: "street",
  postal_code: "postcode",
  places: "capacity",
  organiser: "provider",
  topic: "topics",
};

function keyOf(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/gu, "");
}

const MEANINGS: ReadonlyMap<string, ColumnMeaning> = new Map([
  ...Object.entries(OTHER_NAMES).map(([name, meaning]) => [keyOf(name), meaning] as const),
  ...Object.entries(TESS_COLUMNS).map(([name, meaning]) => [keyOf(name), meaning] as const),
  ...CSV_COLUMNS.map((column) => [keyOf(column), column] as const),
]);

/** @returns what a column means by its name; `undefined` for one that is not known */
export function meaningOf(name: string): ColumnMeaning | undefined {
  return MEANINGS.get(keyOf(name.trim()));
}
