import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import {
  COURSE_LEVELS,
  COURSE_STATUSES,
  DELIVERY_MODES,
  RUN_STATUSES,
} from "@lectern/contract/vocabulary";
import fc from "fast-check";

/** Records as the contract allows them, with all that is odd in text. */

const ODD = [
  ";",
  "\\",
  ",",
  '"',
  "'",
  "=",
  "+",
  "-",
  "@",
  "|",
  "/",
  "{",
  "[",
  "&amp;",
  "ø",
  "…",
  "🎓",
  "\u00A0",
  "\uFEFFx",
];

/** One line that is not only spaces. */
function line(maxLength: number): fc.Arbitrary<string> {
  const character = fc.oneof(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
    fc.constantFrom(...ODD, " ", "a"),
  );
  return fc
    .array(character, { minLength: 1, maxLength: Math.min(maxLength, 30) })
    .map((parts) =>
      parts
        .join("")
        .replaceAll(/[\u0000-\u001F\u007F\u2028\u2029\uFFFD]/gu, "")
        .slice(0, maxLength),
    )
    .filter((text) => /\S/u.test(text) && text.isWellFormed());
}

/** Text of several lines without raw HTML, which an import escapes. */
const prose = fc
  .array(
    fc.oneof(line(60), fc.constantFrom("\n", "\r\n", "\n\n", "\t", "# Title", "- item", "  ")),
    { maxLength: 8 },
  )
  .map((parts) => parts.join("").replaceAll(/[<[]/gu, "("));

const slug = fc.stringMatching(/^[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}$/u);
const code = fc.stringMatching(/^[A-Z0-9]{2,5}(-[0-9]{1,3})?$/u);
const language = fc.constantFrom("en", "en-GB", "nb-NO", "tr", "zh-Hant-TW");
const url = fc.webUrl({ withQueryParameters: true, withFragments: true });
const externalId = fc.oneof(
  url,
  fc.uuid().map((id) => `urn:uuid:${id}`),
  line(60),
);
const instant = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());
const local = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));
const stretch = fc.record({ localStart: local, localEnd: local });

function nullable<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null });
}

const texts = fc.array(line(100), { maxLength: 3 });
const syllabus = fc.array(
  fc.record({ title: line(50), topics: fc.array(line(50), { maxLength: 3 }) }),
  { maxLength: 3 },
);

export const courseRecord: fc.Arbitrary<CourseRecord> = fc.record({
  externalId,
  sourceUrl: nullable(url),
  code: nullable(code),
  slug: nullable(slug),
  title: line(300),
  summary: prose,
  body: prose,
  contentLanguage: language,
  level: nullable(fc.constantFrom(...COURSE_LEVELS)),
  durationDays: nullable(fc.integer({ min: 1, max: 730 }).map((halves) => halves / 2)),
  prerequisites: texts,
  outcomes: texts,
  syllabus,
  keywords: fc.array(line(50), { maxLength: 4 }),
  deliveryModes: fc.uniqueArray(fc.constantFrom(...DELIVERY_MODES)),
  languages: fc.uniqueArray(language),
  topics: fc.array(fc.record({ slug, name: line(50) }), { maxLength: 3 }),
  related: fc.array(externalId, { maxLength: 3 }),
  translations: fc.array(
    fc.record({
      language,
      title: line(50),
      summary: prose,
      body: prose,
      prerequisites: texts,
      outcomes: texts,
      syllabus,
    }),
    { maxLength: 2 },
  ),
  status: fc.constantFrom(...COURSE_STATUSES),
});

const price = fc.record({
  amount: fc.integer({ min: 0, max: 5_000_000_00 }),
  currency: fc.constantFrom("EUR", "JPY", "KWD", "NOK", "CLF", "TRY"),
});

/** Zones on both sides of UTC, with whole, half and quarter hours, and one that skipped a day. */
const ZONES = [
  "Europe/Oslo",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "UTC",
  "Australia/Lord_Howe",
];

export const runRecord: fc.Arbitrary<RunRecord> = fc.record({
  externalId,
  courseExternalId: externalId,
  sourceUrl: nullable(url),
  status: fc.constantFrom(...RUN_STATUSES),
  deliveryMode: fc.constantFrom(...DELIVERY_MODES),
  language,
  timeZone: fc.constantFrom(...ZONES),
  localStart: local,
  localEnd: local,
  venue: nullable(
    fc.record({
      name: line(60),
      street: nullable(line(60)),
      city: line(40),
      country: fc.constantFrom("NO", "GB", "TR"),
    }),
  ),
  capacity: nullable(fc.integer({ min: 0, max: 100_000 })),
  minPlaces: fc.integer({ min: 0, max: 100 }),
  price: nullable(price),
  visibility: fc.constantFrom("public", "private"),
  bookingOpensAt: nullable(instant),
  bookingClosesAt: nullable(instant),
  sessions: fc.array(stretch, { maxLength: 4 }),
});
