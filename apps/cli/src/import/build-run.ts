import { type Money, WebUrl } from "@lectern/contract/primitives";
import { RunRecord } from "@lectern/contract/runs";
import type { DeliveryMode, RunStatus } from "@lectern/contract/vocabulary";
import { fromDecimal } from "../exchange/money.ts";
import { readUrl } from "./build-course.ts";
import { readTimes } from "./build-times.ts";
import type { Fact, ImportDefaults, RunFacts, VenueFacts } from "./facts.ts";
import { type RecordFindings, quoted } from "./findings.ts";
import { derivedRunId } from "./identifiers.ts";
import type { CourseLink } from "./reading.ts";
import { refuseInvalid } from "./validate.ts";
import { readCountry } from "./values/country.ts";
import { readLanguage } from "./values/language.ts";
import { currencyIn, decimalIn } from "./values/money.ts";
import { cleanLine, unquote } from "./values/text.ts";
import { type ModeWord, deliveryModeOf, readModeWord } from "./values/vocabulary.ts";
import { readWallClock } from "./values/wall-clock.ts";

/** From what another system says of a run to the record that Lectern takes in. */

const STATUSES: ReadonlyMap<string, RunStatus> = new Map([
  ["eventscheduled", "confirmed"],
  ["eventrescheduled", "confirmed"],
  ["eventmovedonline", "confirmed"],
  ["eventpostponed", "tentative"],
  ["eventcancelled", "cancelled"],
  ["scheduled", "confirmed"],
  ["confirmed", "confirmed"],
  ["tentative", "tentative"],
  ["postponed", "tentative"],
  ["draft", "draft"],
  ["cancelled", "cancelled"],
  ["canceled", "cancelled"],
  ["in_progress", "in_progress"],
  ["completed", "completed"],
]);

/** @returns how the run is taught, from its mode words, else from its location, else as asked for */
function readDeliveryMode(
  facts: RunFacts,
  defaults: ImportDefaults,
  findings: RecordFindings,
): DeliveryMode | undefined {
  const words = new Set<ModeWord>();
  for (const { value, field } of facts.modes) {
    const { value: plain, wasQuoted } = unquote(value);
    if (plain === "") continue;
    const word = readModeWord(plain);
    if (word === undefined) {
      findings.note("delivery_mode", `${quoted(value)} is not a known way of teaching`, field);
      continue;
    }
    if (wasQuoted)
      findings.note(
        "odd_quotes",
        `${value.trim()} has quotation marks of its own: read as ${plain}`,
        field,
      );
    words.add(word);
  }
  const said = deliveryModeOf(words);
  if (said !== undefined) return said;
  if (facts.hasPlace) words.add("onsite");
  if (facts.hasVirtualLocation) words.add("online");
  const mode = deliveryModeOf(words) ?? defaults.deliveryMode;
  if (mode === undefined) {
    findings.refuse(
      "no_delivery_mode",
      "neither a course mode nor a location says how it is taught (give --delivery-mode)",
    );
  }
  return mode;
}

function readVenue(facts: VenueFacts, findings: RecordFindings): RunRecord["venue"] {
  const { field } = facts;
  const clean = (text: string | undefined) =>
    text === undefined ? "" : cleanLine(text, findings, field).replace(/,$/u, "");
  const city = clean(facts.city);
  const countryText = clean(facts.country);
  if (city === "" || countryText === "") {
    const missing = city === "" ? "city" : "country";
    findings.note(
      "incomplete_location",
      `the place has no ${missing}: taken without a venue`,
      field,
    );
    return null;
  }
  const country = readCountry(countryText, findings, field);
  if (country === undefined) {
    findings.note("incomplete_location", "taken without a venue", field);
    return null;
  }
  let name = clean(facts.name);
  let street = clean(facts.street);
  if (name === "" && street !== "") {
    // "Navet, Husargatan 3": the house first, then where it stands.
    const [first = "", ...rest] = street.split(",");
    name = first.trim();
    street = rest.join(",").trim();
    findings.note(
      "incomplete_location",
      `the place has no name: called ${quoted(name)} after its street`,
      field,
    );
  }
  if (name === "") {
    name = city;
    findings.note(
      "incomplete_location",
      `the place has no name: called ${quoted(city)} after its city`,
      field,
    );
  }
  const full = [street, clean(facts.postcode)].filter((part) => part !== "").join(", ");
  return { name, street: full === "" ? null : full, city, country };
}

/** A number of places, perhaps within words. */
function readPlaces(
  fact: Fact | undefined,
  isText: boolean,
  findings: RecordFindings,
): number | null {
  const text = fact?.value.trim() ?? "";
  if (fact === undefined || text === "") return null;
  const numbers = text.match(/\d+(?:\.\d+)?/gu) ?? [];
  const [only, another] = numbers;
  const places = another === undefined ? Number(only ?? Number.NaN) : Number.NaN;
  if (!Number.isInteger(places) || places > 100_000 || text.includes("-")) {
    findings.note(
      "capacity",
      `${quoted(text)} is not a number of places: taken as not known`,
      fact.field,
    );
    return null;
  }
  if (isText || only !== text) {
    findings.note("capacity", `${quoted(text)} is text: read as ${places}`, fact.field);
  }
  return places;
}

function readPrice(
  facts: RunFacts,
  defaults: ImportDefaults,
  findings: RecordFindings,
): Money | null {
  const text = facts.price?.value.trim() ?? "";
  const isFree = facts.isFree || /^(?:free|gratis|none|0+(?:[.,]0+)?)$/iu.test(text);
  if (text === "" && !isFree) return null;
  const field = facts.price?.field ?? "price";
  const currency = currencyIn(facts.currency?.value ?? "") ?? currencyIn(text) ?? defaults.currency;
  if (currency === undefined) {
    const what = isFree ? "is free, but" : `${quoted(text)}`;
    findings.note(
      "price",
      `${what} has no currency: taken as on request (or give --currency)`,
      field,
    );
    return null;
  }
  if (isFree) return { amount: 0, currency };
  const decimal = decimalIn(text);
  const amount = decimal === undefined ? undefined : fromDecimal(decimal, currency);
  if (amount === undefined) {
    findings.note(
      "price",
      `${quoted(text)} can't be read without doubt: taken as on request`,
      field,
    );
    return null;
  }
  return { amount, currency };
}

function readStatus(fact: Fact | undefined, findings: RecordFindings): RunStatus {
  if (fact === undefined) return "confirmed";
  const word = fact.value
    .slice(fact.value.lastIndexOf("/") + 1)
    .trim()
    .toLowerCase();
  const status = STATUSES.get(word.replaceAll(/[\s-]+/gu, "_"));
  if (status === undefined) {
    findings.note("value_ignored", `${quoted(fact.value)} is not a known status`, fact.field);
  }
  return status ?? "confirmed";
}

function readInstant(
  fact: Fact | undefined,
  zone: string,
  findings: RecordFindings,
): string | null {
  if (fact === undefined || fact.value.trim() === "") return null;
  const clock = readWallClock(fact.value);
  if (clock === undefined) {
    findings.note("bad_date", `${quoted(fact.value)} is not a date: left out`, fact.field);
    return null;
  }
  const instant =
    clock.instant ?? Temporal.PlainDateTime.from(clock.local).toZonedDateTime(zone).toInstant();
  return instant.toString({ fractionalSecondDigits: 3 });
}

function readVisibility(fact: Fact | undefined, findings: RecordFindings): "public" | "private" {
  const word = fact?.value.trim().toLowerCase() ?? "public";
  if (word === "private" || word === "public") return word;
  // What nobody understands is not shown to everybody.
  findings.note(
    "value_ignored",
    `${quoted(word)} is not public or private: taken as private`,
    fact?.field,
  );
  return "private";
}

function readRunLanguage(
  fact: Fact | undefined,
  courseLanguage: string | undefined,
  defaults: ImportDefaults,
  findings: RecordFindings,
): string {
  const said = fact === undefined ? undefined : readLanguage(fact.value, findings, fact.field);
  const language = said ?? defaults.language ?? courseLanguage;
  if (language !== undefined) return language;
  findings.note("no_language", "no language is given: taken as English (or give --language)");
  return "en";
}

/**
 * @returns how a run is recognised: by its `@id`, else its URL, else, with a note, by the name of
 *   its course, its start as it is written, and its city
 */
export function runIdOf(facts: RunFacts, course: CourseLink, findings: RecordFindings): string {
  const url = WebUrl.safeParse(facts.url?.value.trim());
  const named = facts.id ?? (url.success ? url.data : undefined);
  if (named !== undefined) return named;
  findings.note(
    "no_identifier",
    "has no @id or URL: recognised by its name, start and city from now on",
  );
  return derivedRunId({
    title: facts.title?.value ?? ("title" in course ? course.title : ""),
    provider: "facts" in course ? course.facts.provider : course.externalId,
    start: facts.start?.value ?? "",
    city: facts.venue?.city,
  });
}

/** The course that a run is of, as far as its record needs to know. */
export interface CourseOfRun {
  readonly externalId: string;
  /** Language of the course's record, for runs that do not say theirs. */
  readonly language: string | undefined;
}

/**
 * @param externalId how the run will be recognised again
 * @returns the record, or `undefined` after a finding that refuses it
 */
export function buildRun(
  facts: RunFacts,
  externalId: string,
  course: CourseOfRun,
  defaults: ImportDefaults,
  findings: RecordFindings,
): RunRecord | undefined {
  const deliveryMode = readDeliveryMode(facts, defaults, findings);
  const times = readTimes(facts, defaults, findings);
  const venue = facts.venue === undefined ? null : readVenue(facts.venue, findings);
  if (venue === null && facts.locationText !== undefined) {
    findings.note(
      "incomplete_location",
      `the place is only text (${quoted(facts.locationText.value)}): taken without a venue`,
      facts.locationText.field,
    );
  } else if (
    facts.venue === undefined &&
    (deliveryMode === "classroom" || deliveryMode === "blended")
  ) {
    findings.note("no_location", "has no location: taken without a venue");
  }
  if (deliveryMode === undefined || times === undefined) return undefined;
  const record: RunRecord = {
    externalId,
    courseExternalId: course.externalId,
    sourceUrl: readUrl(facts.url, findings),
    status: readStatus(facts.status, findings),
    deliveryMode,
    language: readRunLanguage(facts.language, course.language, defaults, findings),
    timeZone: times.timeZone,
    localStart: times.localStart,
    localEnd: times.localEnd,
    venue,
    capacity: readPlaces(facts.capacity, facts.isCapacityText, findings),
    minPlaces: readPlaces(facts.minPlaces, false, findings) ?? 0,
    price: readPrice(facts, defaults, findings),
    visibility: readVisibility(facts.visibility, findings),
    bookingOpensAt: readInstant(facts.bookingOpens, times.timeZone, findings),
    bookingClosesAt: readInstant(facts.bookingCloses, times.timeZone, findings),
    sessions: times.sessions,
  };
  return refuseInvalid(RunRecord, record, findings);
}
