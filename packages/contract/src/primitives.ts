import { z } from "zod";

/**
 * The building blocks of every shape on the wire: plain JSON, every string and array bounded.
 *
 * Objects drop unknown keys instead of refusing them, so that a newer client can talk to an older
 * server. No dates, bigints or transforms: `z.toJSONSchema` must be able to describe every shape.
 */

/** PostgreSQL text cannot hold U+0000; other controls than tab and line breaks have no place in text. */
const FORBIDDEN_CONTROLS = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/u;
const SINGLE_LINE = /^[^\u0000-\u001F\u007F\u2028\u2029]*$/u;

/** Text of several lines (Markdown, messages) of at most `max` characters. */
export function multiline(max: number) {
  return z.string().max(max).regex(FORBIDDEN_CONTROLS, "contains a control character");
}

/** One line of text of 1 to `max` characters that is not only spaces. */
export function line(max: number) {
  return z
    .string()
    .min(1, "must not be empty")
    .max(max)
    .regex(SINGLE_LINE, "must be one line without control characters")
    .regex(/\S/u, "must not be empty");
}

/** Identifier of a row: a UUID (version 7 when Lectern made it). */
export const Id = z.uuid().max(36);

/** How often something was changed, counted from 1: whoever changes it says which version they saw. */
export const Version = z.int().min(1).max(2_147_483_647);

/** Part of an address: lower-case letters, digits and single hyphens. */
export const Slug = z
  .string()
  .min(1)
  .max(120)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, "use lower-case letters, digits and hyphens");

/** Catalogue code of a course, such as `SEC-210`. */
export const CourseCode = z
  .string()
  .min(2)
  .max(32)
  .regex(/^[A-Z0-9]+(?:-[A-Z0-9]+)*$/u, "use capital letters, digits and hyphens");

/** BCP 47 language tag, such as `en` or `nb-NO`. */
export const LanguageTag = z
  .string()
  .min(2)
  .max(35)
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u, "use a language tag such as en or nb-NO");

/** The language that what courses say is wanted in; falls back to the course's own. */
export const PreferredLanguage = LanguageTag.nullish();

/** ISO 3166-1 alpha-2 country code. */
export const CountryCode = z
  .string()
  .max(2)
  .regex(/^[A-Z]{2}$/u, "use a two-letter country code");

/** ISO 4217 currency code. */
export const CurrencyCode = z
  .string()
  .max(3)
  .regex(/^[A-Z]{3}$/u, "use a three-letter currency code");

/** Money: an integer number of minor units (cents, øre) and its currency. */
export const Money = z.object({
  amount: z.int().min(0).max(100_000_000_00),
  currency: CurrencyCode,
});
export type Money = z.infer<typeof Money>;

/** What one place costs. So many places as one booking may have still add up to Money. */
export const Price = Money.extend({ amount: z.int().min(0).max(5_000_000_00) });

/** IANA time zone identifier, such as `Europe/Oslo`. Whether it exists is checked by the server. */
export const TimeZone = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+)*$/u,
    "use an IANA time zone such as Europe/Oslo",
  );

/** Of the years 1000 to 2999: ISO 8601 knows a year 0, which PostgreSQL does not read. */
const SENSIBLE_YEAR = /^[12]/u;

/** A point in time, ISO 8601 in UTC: `2027-03-01T08:00:00.000Z`. */
export const Instant = z.iso.datetime().max(40).regex(SENSIBLE_YEAR, "use a year from 1000 on");

/** A calendar date without a zone: `2027-03-01`. */
export const LocalDate = z.iso.date().max(10).regex(SENSIBLE_YEAR, "use a year from 1000 on");

/** A wall-clock time of day: `09:00`. */
export const LocalTime = z
  .string()
  .max(5)
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "use a time such as 09:00");

/** A wall-clock date and time without a zone: `2027-03-01T09:00`. */
export const LocalDateTime = z
  .string()
  .max(16)
  .regex(
    /^[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d$/u,
    "use a date and time such as 2027-03-01T09:00",
  );

export const Email = z.email().max(254);

/** An absolute http or https address. */
export const WebUrl = z.url({ protocol: /^https?$/u }).max(2048);

/** Identifier that another system gave a record: its `@id` or URL. Imports recognise a record by it. */
export const ExternalId = line(2048);

/**
 * Made by the caller, new for each intended effect and the same for each retry of it. The same key
 * with the same body gets the first answer again; with another body it is refused.
 */
export const IdempotencyKey = z
  .string()
  .min(16)
  .max(128)
  .regex(/^[A-Za-z0-9_-]+$/u, "use 16 to 128 letters, digits, - and _");

/**
 * Where the next page begins. Opaque: take it from one answer, hand it to the next question. It may
 * hold two external identifiers.
 */
export const Cursor = z.string().min(1).max(20_000);

export const PAGE_SIZE_MAX = 100;

/** What a question for one page of a list carries. */
export const PageInput = z.object({
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(PAGE_SIZE_MAX).default(20),
});

/**
 * The answer to a question for one page.
 *
 * @param item the shape of one item
 * @returns items, the cursor of the next page (`null` on the last), and how many there are in all
 */
export function page<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).max(PAGE_SIZE_MAX),
    nextCursor: Cursor.nullable(),
    total: z.int().min(0),
  });
}
