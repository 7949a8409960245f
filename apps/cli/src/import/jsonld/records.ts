import type { CourseFacts, Fact, RunFacts } from "../facts.ts";
import { type JsonNode, isAbsoluteIri, isNode } from "../../exchange/json-node.ts";
import { type Placed, idOf, resolve, textOf, typesOf, valueOf, valuesOf } from "./node.ts";
import { readLocation } from "./location.ts";
import { readOffers } from "./offers.ts";
import { readSchedule, readSubEvents } from "./times.ts";

/** From the nodes of schema.org and Bioschemas to what they say of a course or a run. */

function facts({ node, index }: Placed, ...properties: readonly string[]): Fact[] {
  return properties.flatMap((field) =>
    valuesOf(node, field).flatMap((each) => {
      const value = textOf(resolve(each, index));
      return value === undefined ? [] : [{ value, field }];
    }),
  );
}

function first(placed: Placed, ...properties: readonly string[]): Fact | undefined {
  return facts(placed, ...properties)[0];
}

/** Text that stands in several languages: one in the record's own language, else the first. */
function prose(placed: Placed, ...properties: readonly string[]): Fact | undefined {
  const language = textOf(valueOf(placed.node, "inLanguage"))?.slice(0, 2).toLowerCase() ?? "en";
  for (const field of properties) {
    const own = valuesOf(placed.node, field).find(
      (value) =>
        isNode(value) && textOf(value["@language"])?.toLowerCase().startsWith(language) === true,
    );
    const value = textOf(own);
    if (value !== undefined) return { value, field };
  }
  return first(placed, ...properties);
}

/** Keywords come as an array, or as one text with commas. */
function keywords(placed: Placed): Fact[] {
  const found = facts(placed, "keywords");
  const [only, another] = found;
  if (only === undefined || another !== undefined) return found;
  return only.value.split(/[,;]/u).map((value) => ({ value, field: only.field }));
}

function absoluteId(node: JsonNode): string | undefined {
  const id = idOf(node);
  return id !== undefined && isAbsoluteIri(id) ? id : undefined;
}

function providerOf(placed: Placed): string | undefined {
  return first(placed, "provider", "organizer")?.value.trim();
}

function syllabus(placed: Placed): CourseFacts["syllabus"] {
  return valuesOf(placed.node, "syllabusSections").flatMap((section) => {
    const node = resolve(section, placed.index);
    const title = textOf(node);
    if (title === undefined) return [];
    const within = { ...placed, node: isNode(node) ? node : {} };
    const named = facts(within, "teaches", "about", "hasPart");
    const described = facts(within, "description").flatMap(({ value, field }) =>
      value.split(/\n+/u).map((line) => ({ value: line, field })),
    );
    const field = "syllabusSections";
    return [{ title: { value: title, field }, topics: named.length > 0 ? named : described }];
  });
}

/** @returns what a `Course` says of itself */
export function courseFacts(placed: Placed): CourseFacts {
  return {
    id: absoluteId(placed.node),
    url: first(placed, "url"),
    title: prose(placed, "name", "headline", "title"),
    code: first(placed, "courseCode"),
    slug: undefined,
    summary: prose(placed, "abstract", "disambiguatingDescription"),
    description: prose(placed, "description", "text"),
    contentLanguage: first(placed, "inLanguage"),
    level: first(placed, "educationalLevel"),
    duration: first(placed, "timeRequired"),
    prerequisites: facts(placed, "coursePrerequisites", "competencyRequired"),
    outcomes: facts(placed, "teaches", "learningOutcome"),
    syllabus: syllabus(placed),
    keywords: keywords(placed),
    // An address alone names a topic to machines, and nothing to people.
    topics: facts(placed, "about").filter(({ value }) => !isAbsoluteIri(value)),
    modes: facts(placed, "courseMode"),
    languages: facts(placed, "availableLanguage"),
    related: [],
    status: first(placed, "creativeWorkStatus"),
    provider: providerOf(placed),
  };
}

/** @returns what a `CourseInstance` says of the course that it is of, where no `Course` does */
export function courseFactsOfRun(placed: Placed): CourseFacts {
  return {
    ...courseFacts(placed),
    id: undefined,
    url: undefined,
    // These speak of the run.
    duration: undefined,
    status: undefined,
    modes: [],
    languages: [],
  };
}

/** @returns what a `CourseInstance` (or an `Event`) says of itself */
export function runFacts(placed: Placed): RunFacts {
  const { node } = placed;
  const capacityField = [
    "maximumAttendeeCapacity",
    "maximumPhysicalAttendeeCapacity",
    "maximumVirtualAttendeeCapacity",
  ].find((field) => textOf(valueOf(node, field)) !== undefined);
  const schedule = readSchedule(placed);
  return {
    id: absoluteId(node),
    url: first(placed, "url"),
    title: prose(placed, "name", "headline", "title"),
    modes: facts(placed, "courseMode", "eventAttendanceMode"),
    ...readLocation(placed),
    language: first(placed, "inLanguage"),
    timeZone: schedule?.timeZone ?? first(placed, "scheduleTimezone", "timezone", "timeZone"),
    start: first(placed, "startDate"),
    end: first(placed, "endDate"),
    duration: first(placed, "duration"),
    sessions: readSubEvents(placed),
    schedule: schedule?.facts,
    capacity: capacityField === undefined ? undefined : first(placed, capacityField),
    isCapacityText: capacityField !== undefined && typeof valueOf(node, capacityField) === "string",
    minPlaces: undefined,
    ...readOffers(placed),
    status: first(placed, "eventStatus"),
    visibility: undefined,
  };
}

const RUN_TYPES = new Set(["CourseInstance", "Event", "EducationEvent"]);

export type NodeKind = "course" | "run" | "other" | "unknown";

/**
 * @returns what a node is by its types, or by what it says where it has none (`isGuess`); `other`
 *   for nodes of a known type that is neither, `unknown` for those that nobody can tell
 */
export function kindOf(node: JsonNode): { readonly kind: NodeKind; readonly isGuess: boolean } {
  const types = typesOf(node);
  if ([...types].some((type) => RUN_TYPES.has(type))) return { kind: "run", isGuess: false };
  if (types.has("Course")) return { kind: "course", isGuess: false };
  if (types.size > 0) return { kind: "other", isGuess: false };
  if (valueOf(node, "startDate") !== undefined) return { kind: "run", isGuess: true };
  if (valueOf(node, "hasCourseInstance") !== undefined || valueOf(node, "courseCode") !== undefined)
    return { kind: "course", isGuess: true };
  return { kind: "unknown", isGuess: true };
}
