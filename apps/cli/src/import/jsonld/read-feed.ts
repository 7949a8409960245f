import { CourseRecord } from "@lectern/contract/courses";
import { RunRecord } from "@lectern/contract/runs";
import {
  courseFromJsonLd,
  courseIdOfOrphan,
  exactIdOf,
  isExact,
  runFromJsonLd,
} from "../../exchange/jsonld.ts";
import { type JsonNode, isNode } from "../../exchange/json-node.ts";
import { courseIdOf, readTitle } from "../build-course.ts";
import { runIdOf } from "../build-run.ts";
import { RecordFindings, quoted } from "../findings.ts";
import { REPLACEMENT } from "../input/decode-text.ts";
import type { CourseLink, Reading } from "../reading.ts";
import { refuseInvalid } from "../validate.ts";
import { withoutRawHtml } from "../values/markdown.ts";
import { type Placed, idOf, isReference, textOf, typesOf, valueOf, valuesOf } from "./node.ts";
import type { DocumentIndex } from "./document-index.ts";
import { courseFacts, courseFactsOfRun, kindOf, runFacts } from "./records.ts";

/** From the values of a JSON-LD document to its records. */

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/u;

function at(path: string): RecordFindings {
  return new RecordFindings((field) => {
    if (field === undefined) return path;
    return PLAIN_NAME.test(field) ? `${path}.${field}` : `${path}[${JSON.stringify(field)}]`;
  });
}

function* troubled(
  path: string,
  node: unknown,
  tell: (findings: RecordFindings) => void,
): Generator<Reading, void, undefined> {
  const findings = at(path);
  const name = isNode(node) ? textOf(valuesOf(node, "name")[0]) : undefined;
  if (name !== undefined) findings.name(name);
  tell(findings);
  yield { kind: "trouble", findings };
}

/** Refuses a record with bytes that could not be decoded. */
function isGarbled(node: JsonNode): boolean {
  return JSON.stringify(node).includes(REPLACEMENT);
}

function tellGarbled(findings: RecordFindings): void {
  findings.refuse(
    "wrong_encoding",
    "is not in the encoding that the input is read in (save it as UTF-8, or give --encoding)",
  );
}

/** The runs that stand in a course; mere references are found where they point to. */
function* readInstances(
  { node, path, index }: Placed,
  course: CourseLink,
  document: DocumentIndex,
): Generator<Reading, void, undefined> {
  const instances = valuesOf(node, "hasCourseInstance");
  const isList = Array.isArray(valueOf(node, "hasCourseInstance"));
  for (const [position, instance] of instances.entries()) {
    const within = `${path}.hasCourseInstance${isList ? `[${position}]` : ""}`;
    if (!isNode(instance)) {
      yield* troubled(within, instance, (findings) => {
        findings.refuse("not_a_record", `${quoted(instance)} is not a course instance`);
      });
    } else if (!isReference(instance)) {
      yield* readRun({ node: instance, path: within, index }, course, document);
    }
  }
}

function* readCourse(placed: Placed, document: DocumentIndex): Generator<Reading, void, undefined> {
  const { node, path } = placed;
  const findings = at(path);
  const { hasCourseInstance: _, ...itself } = node;
  if (isGarbled(itself)) {
    yield* troubled(path, node, tellGarbled);
    return;
  }
  if (isExact(node)) {
    const record = refuseInvalid(CourseRecord, courseFromJsonLd(node), findings);
    if (record !== undefined) findings.name(record.title);
    yield record === undefined
      ? { kind: "trouble", findings }
      : { kind: "course", findings, record: withSafeText(record, findings) };
    const externalId = record?.externalId ?? String(exactIdOf(node));
    yield* readInstances(placed, { externalId }, document);
    return;
  }
  const facts = courseFacts(placed);
  const title = readTitle(facts.title, findings);
  if (title === "") findings.refuse("no_title", "has no name");
  else findings.name(title);
  const externalId = courseIdOf(facts, title);
  yield { kind: "course", findings, facts, externalId, title };
  yield* readInstances(placed, { externalId }, document);
}

/** Markdown that Lectern wrote itself, held against what Markdown may carry. */
export function withSafeText(record: CourseRecord, findings: RecordFindings): CourseRecord {
  const safe = {
    ...record,
    body: withoutRawHtml(record.body),
    translations: record.translations.map((each) => ({ ...each, body: withoutRawHtml(each.body) })),
  };
  if (JSON.stringify(safe) !== JSON.stringify(record)) {
    findings.note("html", "what could act as HTML or run code was escaped", "description");
  }
  return safe;
}

/** The course that a run names: the one that holds it or points to it, else the one it describes. */
function courseOf(
  placed: Placed,
  within: CourseLink | undefined,
  document: DocumentIndex,
): CourseLink {
  if (within !== undefined) return within;
  const { node, index, path } = placed;
  const id = idOf(node);
  const pointing = id === undefined ? undefined : document.courseOfRun.get(id);
  if (pointing !== undefined) return { externalId: pointing };
  const reverse = node["@reverse"];
  const parent = isNode(reverse) ? valueOf(reverse, "hasCourseInstance") : undefined;
  const facts = isNode(parent)
    ? courseFacts({ node: parent, index, path: `${path}["@reverse"]` })
    : courseFactsOfRun(placed);
  const title = readTitle(facts.title, new RecordFindings(() => path));
  const externalId = courseIdOf(facts, title);
  return title === "" && facts.id !== undefined ? { externalId } : { externalId, title, facts };
}

function* readRun(
  placed: Placed,
  within: CourseLink | undefined,
  document: DocumentIndex,
): Generator<Reading, void, undefined> {
  const { node, path } = placed;
  const findings = at(path);
  if (isGarbled(node)) {
    yield* troubled(path, node, tellGarbled);
    return;
  }
  if (isExact(node)) {
    const course = within?.externalId ?? courseIdOfOrphan(node);
    findings.name(String(exactIdOf(node)));
    const record = refuseInvalid(RunRecord, runFromJsonLd(node, course), findings);
    yield record === undefined ? { kind: "trouble", findings } : { kind: "run", findings, record };
    return;
  }
  const facts = runFacts(placed);
  const title = readTitle(facts.title, findings);
  if (title !== "") findings.name(title);
  const course = courseOf(placed, within, document);
  if ("title" in course && course.title === "") {
    findings.refuse("no_title", "has no name, and no course names it");
    yield { kind: "trouble", findings };
    return;
  }
  const externalId = runIdOf(facts, course, findings);
  yield {
    kind: "run",
    findings,
    facts,
    externalId,
    title: title === "" ? undefined : title,
    course,
  };
}

/**
 * @param value a member of the document
 * @param path where it stands
 * @returns its records: a course before the runs in it, the members of a list one by one
 */
export function* readNode(
  value: unknown,
  path: string,
  document: DocumentIndex,
): Generator<Reading, void, undefined> {
  if (!isNode(value)) {
    yield* troubled(path, value, (findings) => {
      findings.refuse("not_a_record", `${quoted(value)} is not an object`);
    });
    return;
  }
  const placed = { node: value, path, index: document.nodes };
  const { kind, isGuess } = kindOf(value);
  if (kind === "course" || kind === "run") {
    const readings =
      kind === "course" ? readCourse(placed, document) : readRun(placed, undefined, document);
    for (const reading of readings) {
      if (isGuess && reading.kind === kind && reading.findings.place === path) {
        const name = kind === "course" ? "Course" : "CourseInstance";
        reading.findings.note("kind_guessed", `has no @type: taken as a ${name} by what it says`);
      }
      yield reading;
    }
    return;
  }
  if (kind === "other" && typesOf(value).has("ItemList")) {
    for (const [position, element] of valuesOf(value, "itemListElement").entries()) {
      const item = isNode(element) ? (valueOf(element, "item") ?? element) : element;
      yield* readNode(item, `${path}.itemListElement[${position}]`, document);
    }
    return;
  }
  if (kind === "other") {
    yield { kind: "skipped", type: [...typesOf(value)].join(", ") };
    return;
  }
  yield* troubled(path, value, (findings) => {
    findings.refuse("not_a_record", "has no @type, and does not look like a course or a run");
  });
}
