/** What the things of a made router have, in all the ways in which Lectern's own tables and shapes write it. */

export interface Field {
  readonly name: string;
  /** In the table. */
  readonly column: string;
  /** On the wire. */
  readonly shape: string;
  /** From `row` to the wire. */
  readonly toWire: string;
  /** From `input` to the row. */
  readonly toRow: string;
  /** A value on the wire. */
  readonly sample: string;
}

/** A field that is the same in the row and on the wire. */
function plain(name: string, column: string, shape: string, sample: string): Field {
  return { name, column, shape, sample, toWire: `row.${name}`, toRow: `input.${name}` };
}

/** Fifteen, so that a step of any length that has no divisor in common with that meets all. */
export const FIELDS: readonly Field[] = [
  plain("title", 'text("title").notNull()', "line(300)", '"A title"'),
  plain("summary", 'text("summary")', "multiline(2000).nullable()", "null"),
  plain("places", 'integer("places").notNull()', "z.int().min(0).max(10_000)", "12"),
  {
    ...plain("startsAt", 'instant("starts_at")', "Instant", '"2027-03-01T08:00:00.000Z"'),
    toWire: "row.startsAt.toISOString()",
    toRow: "new Date(input.startsAt)",
  },
  {
    ...plain("endsAt", 'instantOrNever("ends_at")', "Instant.nullable()", "null"),
    toWire: "row.endsAt?.toISOString() ?? null",
    toRow: "input.endsAt === null ? null : new Date(input.endsAt)",
  },
  plain("language", 'text("language").notNull().default("en")', "LanguageTag", '"en"'),
  plain("country", 'text("country").notNull()', "CountryCode", '"NO"'),
  plain("website", 'text("website")', "WebUrl.nullable()", '"https://academy.example"'),
  plain("email", 'text("email").notNull()', "Email", '"ada@academy.example"'),
  plain("isPublic", 'boolean("is_public").notNull().default(false)', "z.boolean()", "true"),
  plain(
    "tags",
    'text("tags").array().notNull().default([])',
    "z.array(line(60)).max(20)",
    '["sql", "nights"]',
  ),
  plain("day", 'date("day").notNull()', "LocalDate", '"2027-03-01"'),
  plain("code", 'text("code").notNull()', "CourseCode", '"SEC-210"'),
  plain(
    "parts",
    'jsonb("parts").$type<{ title: string; minutes: number; topics: string[] }[]>().notNull().default([])',
    "z.array(z.object({ title: line(200), minutes: z.int().min(1).max(10_000), topics: z.array(line(100)).max(50) })).max(100)",
    '[{ title: "A part", minutes: 45, topics: ["joins"] }]',
  ),
  plain(
    "price",
    'jsonb("price").$type<{ amount: number; currency: string }>()',
    "Money.nullable()",
    '{ amount: 49_000, currency: "NOK" }',
  ),
];
