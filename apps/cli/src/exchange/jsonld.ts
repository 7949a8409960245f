import type { CourseRecord } from "@lectern/contract/courses";
import type { RunRecord } from "@lectern/contract/runs";
import type { DeliveryMode } from "@lectern/contract/vocabulary";
import { EXACT_FORMAT } from "./format.ts";
import { type JsonNode, isAbsoluteIri, isNode } from "./json-node.ts";
import { fromDecimal, toDecimal } from "./money.ts";

/**
 * Records as schema.org `Course` and `CourseInstance` in JSON-LD, and back without loss. What
 * schema.org has no word for stands under `lectern:`.
 */

/** The head of an exported document. */
export const JSON_LD_CONTEXT = ["https://schema.org", { lectern: "urn:lectern:" }] as const;

const FORMAT = "lectern:format";
const EXTERNAL_ID = "lectern:externalId";

/** Without what is absent: `undefined` and `null` alike. */
function node(properties: Readonly<Record<string, unknown>>): JsonNode {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined && value !== null),
  );
}

function identity(externalId: string): JsonNode {
  return isAbsoluteIri(externalId) ? { "@id": externalId } : { [EXTERNAL_ID]: externalId };
}

/** What a course and its translations list alike. */
type Lists = Pick<CourseRecord, "prerequisites" | "outcomes" | "syllabus">;

function listsToJsonLd({ prerequisites, outcomes, syllabus }: Lists): JsonNode {
  return {
    coursePrerequisites: prerequisites,
    teaches: outcomes,
    syllabusSections: syllabus.map(({ title, topics }) => ({
      "@type": "Syllabus",
      name: title,
      teaches: topics,
    })),
  };
}

/** @returns a course as a `Course` node, with its runs in it */
export function courseToJsonLd(course: CourseRecord, runs: readonly RunRecord[]): JsonNode {
  return node({
    "@type": "Course",
    ...identity(course.externalId),
    [FORMAT]: EXACT_FORMAT,
    name: course.title,
    url: course.sourceUrl,
    courseCode: course.code,
    "lectern:slug": course.slug,
    abstract: course.summary,
    description: course.body,
    encodingFormat: "text/markdown",
    inLanguage: course.contentLanguage,
    educationalLevel: course.level,
    timeRequired: course.durationDays === null ? null : `P${course.durationDays}D`,
    ...listsToJsonLd(course),
    keywords: course.keywords,
    "lectern:deliveryModes": course.deliveryModes,
    availableLanguage: course.languages,
    about: course.topics.map(({ slug, name }) => ({
      "@type": "DefinedTerm",
      termCode: slug,
      name,
    })),
    "lectern:related": course.related,
    workTranslation: course.translations.map((translation) => ({
      "@type": "Course",
      inLanguage: translation.language,
      name: translation.title,
      abstract: translation.summary,
      description: translation.body,
      ...listsToJsonLd(translation),
    })),
    creativeWorkStatus: course.status,
    hasCourseInstance: runs.length === 0 ? null : runs.map((run) => runToJsonLd(run)),
  });
}

const COURSE_MODES: Readonly<Record<DeliveryMode, readonly string[]>> = {
  classroom: ["onsite"],
  virtual: ["online"],
  self_paced: ["online", "self-paced"],
  blended: ["blended"],
};

const ATTENDANCE_MODES: Readonly<Record<DeliveryMode, string>> = {
  classroom: "https://schema.org/OfflineEventAttendanceMode",
  virtual: "https://schema.org/OnlineEventAttendanceMode",
  self_paced: "https://schema.org/OnlineEventAttendanceMode",
  blended: "https://schema.org/MixedEventAttendanceMode",
};

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * The wall-clock time with its offset from UTC, as search engines want it. In the hour that clocks
 * skip it is the offset from before, so that the text still means the moment that RFC 5545 does.
 */
function withOffset(local: string, zone: string): string {
  const plain = Temporal.PlainDateTime.from(local);
  const asUtc = plain.toZonedDateTime("UTC").epochMilliseconds;
  const minutes = Math.round((asUtc - plain.toZonedDateTime(zone).epochMilliseconds) / 60_000);
  const size = Math.abs(minutes);
  const offset = `${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
  return `${local}:00${minutes < 0 ? "-" : "+"}${offset}`;
}

function locations(run: RunRecord): JsonNode | JsonNode[] | null {
  const place =
    run.venue === null
      ? null
      : {
          "@type": "Place",
          name: run.venue.name,
          address: node({
            "@type": "PostalAddress",
            streetAddress: run.venue.street,
            addressLocality: run.venue.city,
            addressCountry: run.venue.country,
          }),
        };
  if (run.deliveryMode === "classroom") return place;
  const online = { "@type": "VirtualLocation" };
  return place === null ? online : [place, online];
}

function offers(run: RunRecord): JsonNode | null {
  const { price, bookingOpensAt, bookingClosesAt } = run;
  if (price === null && bookingOpensAt === null && bookingClosesAt === null) return null;
  return node({
    "@type": "Offer",
    category: price === null ? null : price.amount === 0 ? "Free" : "Paid",
    price: price === null ? null : toDecimal(price),
    priceCurrency: price?.currency,
    validFrom: bookingOpensAt,
    validThrough: bookingClosesAt,
  });
}

/** @returns a run as a `CourseInstance` node */
function runToJsonLd(run: RunRecord): JsonNode {
  const zone = run.timeZone;
  const sessions = run.sessions.map((session) => ({
    "@type": "Event",
    startDate: withOffset(session.localStart, zone),
    endDate: withOffset(session.localEnd, zone),
  }));
  return node({
    "@type": "CourseInstance",
    ...identity(run.externalId),
    [FORMAT]: EXACT_FORMAT,
    url: run.sourceUrl,
    "lectern:status": run.status,
    eventStatus: `https://schema.org/${run.status === "cancelled" ? "EventCancelled" : "EventScheduled"}`,
    "lectern:visibility": run.visibility,
    courseMode: COURSE_MODES[run.deliveryMode],
    eventAttendanceMode: ATTENDANCE_MODES[run.deliveryMode],
    inLanguage: run.language,
    startDate: withOffset(run.localStart, zone),
    endDate: withOffset(run.localEnd, zone),
    courseSchedule: node({
      "@type": "Schedule",
      startDate: run.localStart.slice(0, 10),
      endDate: run.localEnd.slice(0, 10),
      scheduleTimezone: zone,
      repeatCount: sessions.length === 0 ? null : sessions.length,
    }),
    subEvent: sessions.length === 0 ? null : sessions,
    location: locations(run),
    maximumAttendeeCapacity: run.capacity,
    "lectern:minimumAttendeeCapacity": run.minPlaces,
    offers: offers(run),
  });
}

/** @returns a run that stands by itself, with a link to its course */
export function orphanToJsonLd(run: RunRecord): JsonNode {
  return {
    ...runToJsonLd(run),
    "@reverse": { hasCourseInstance: { "@type": "Course", ...identity(run.courseExternalId) } },
  };
}

/** @returns whether Lectern wrote the node */
export function isExact(candidate: JsonNode): boolean {
  return candidate[FORMAT] === EXACT_FORMAT;
}

/** @returns the external identifier of a node that Lectern wrote, or points to */
export function exactIdOf(candidate: JsonNode): unknown {
  return candidate[EXTERNAL_ID] ?? candidate["@id"];
}

function part(value: unknown): JsonNode {
  return isNode(value) ? value : {};
}

function parts(value: unknown): readonly JsonNode[] {
  return Array.isArray(value) ? value.map(part) : [];
}

/** Files from before translations had lists have none of these. */
function listsFromJsonLd(course: JsonNode) {
  return {
    prerequisites: course["coursePrerequisites"],
    outcomes: course["teaches"],
    syllabus: parts(course["syllabusSections"]).map((section) => ({
      title: section["name"],
      topics: section["teaches"],
    })),
  };
}

/** @returns what `courseToJsonLd` made the node from; the contract has yet to be held against it */
export function courseFromJsonLd(course: JsonNode): unknown {
  const duration = course["timeRequired"];
  return {
    externalId: exactIdOf(course),
    sourceUrl: course["url"] ?? null,
    code: course["courseCode"] ?? null,
    slug: course["lectern:slug"] ?? null,
    title: course["name"],
    summary: course["abstract"],
    body: course["description"],
    contentLanguage: course["inLanguage"],
    level: course["educationalLevel"] ?? null,
    durationDays: typeof duration === "string" ? Number(/^P([\d.]+)D$/u.exec(duration)?.[1]) : null,
    ...listsFromJsonLd(course),
    keywords: course["keywords"],
    deliveryModes: course["lectern:deliveryModes"],
    languages: course["availableLanguage"],
    topics: parts(course["about"]).map((topic) => ({
      slug: topic["termCode"],
      name: topic["name"],
    })),
    related: course["lectern:related"],
    translations: parts(course["workTranslation"]).map((translation) => ({
      language: translation["inLanguage"],
      title: translation["name"],
      summary: translation["abstract"],
      body: translation["description"],
      ...listsFromJsonLd(translation),
    })),
    status: course["creativeWorkStatus"],
  };
}

/** The wall-clock time as it is written; the zone beside it says what it means. */
function localOf(value: unknown): unknown {
  return typeof value === "string" ? value.slice(0, 16) : value;
}

function deliveryModeOf(value: unknown): DeliveryMode | undefined {
  const words = JSON.stringify(value);
  for (const mode of ["classroom", "virtual", "self_paced", "blended"] as const) {
    if (JSON.stringify(COURSE_MODES[mode]) === words) return mode;
  }
  return undefined;
}

function priceOf(offer: JsonNode): unknown {
  const { price, priceCurrency: currency } = offer;
  if (price === undefined) return null;
  if (typeof price !== "string" || typeof currency !== "string") return {};
  return {
    amount: /^[A-Z]{3}$/u.test(currency) ? fromDecimal(price, currency) : undefined,
    currency,
  };
}

/**
 * @param courseExternalId of the node that it stands in, if it does
 * @returns what `runToJsonLd` made the node from; the contract has yet to be held against it
 */
export function runFromJsonLd(run: JsonNode, courseExternalId: unknown): unknown {
  const offer = part(run["offers"]);
  const place = [run["location"]]
    .flat()
    .map(part)
    .find((each) => each["@type"] === "Place");
  const address = part(place?.["address"]);
  return {
    externalId: exactIdOf(run),
    courseExternalId,
    sourceUrl: run["url"] ?? null,
    status: run["lectern:status"],
    deliveryMode: deliveryModeOf(run["courseMode"]),
    language: run["inLanguage"],
    timeZone: part(run["courseSchedule"])["scheduleTimezone"],
    localStart: localOf(run["startDate"]),
    localEnd: localOf(run["endDate"]),
    venue:
      place === undefined
        ? null
        : {
            name: place["name"],
            street: address["streetAddress"] ?? null,
            city: address["addressLocality"],
            country: address["addressCountry"],
          },
    capacity: run["maximumAttendeeCapacity"] ?? null,
    minPlaces: run["lectern:minimumAttendeeCapacity"],
    price: priceOf(offer),
    visibility: run["lectern:visibility"],
    bookingOpensAt: offer["validFrom"] ?? null,
    bookingClosesAt: offer["validThrough"] ?? null,
    sessions: parts(run["subEvent"]).map((session) => ({
      localStart: localOf(session["startDate"]),
      localEnd: localOf(session["endDate"]),
    })),
  };
}

/** @returns the course of a run that stands by itself */
export function courseIdOfOrphan(run: JsonNode): unknown {
  return exactIdOf(part(part(run["@reverse"])["hasCourseInstance"]));
}
