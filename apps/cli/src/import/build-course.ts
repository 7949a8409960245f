import { CourseRecord } from "@lectern/contract/courses";
import { CourseCode, Slug, WebUrl } from "@lectern/contract/primitives";
import type { CourseStatus, DeliveryMode } from "@lectern/contract/vocabulary";
import type { CourseFacts, Fact, ImportDefaults } from "./facts.ts";
import { type RecordFindings, quoted } from "./findings.ts";
import { derivedCourseId, slugOf } from "./identifiers.ts";
import { readLanguage } from "./values/language.ts";
import { cleanLine, cleanPlain, cleanProse, summaryOf } from "./values/text.ts";
import { deliveryModeOf, readLevel, readModeWord } from "./values/vocabulary.ts";
import { refuseInvalid } from "./validate.ts";

/** From what another system says of a course to the record that Lectern takes in. */

const STATUSES: ReadonlyMap<string, CourseStatus> = new Map([
  ["draft", "draft"],
  ["incomplete", "draft"],
  ["in_review", "in_review"],
  ["published", "published"],
  ["retired", "retired"],
  ["obsolete", "retired"],
]);

/** Cuts a text to a length, and says so. */
function fitted(text: string, limit: number, findings: RecordFindings, field: string): string {
  if (text.length <= limit) return text;
  findings.note("too_long", `was cut to ${limit} characters`, field);
  return `${text.slice(0, limit - 1).trimEnd()}…`;
}

interface ListLimits {
  readonly items: number;
  readonly length: number;
}

/** Clean, different lines, as many and as long as fit. */
function lines(facts: readonly Fact[], limits: ListLimits, findings: RecordFindings): string[] {
  const found = new Set<string>();
  for (const { value, field } of facts) {
    const line = fitted(cleanLine(value, findings, field), limits.length, findings, field);
    if (line !== "") found.add(line);
  }
  const all = [...found];
  const [first] = facts;
  if (all.length > limits.items && first !== undefined) {
    findings.note("too_long", `only the first ${limits.items} entries were kept`, first.field);
  }
  return all.slice(0, limits.items);
}

/** Prose in which each line or list entry is a point of its own. */
function points(facts: readonly Fact[], findings: RecordFindings): string[] {
  const separate = facts.flatMap(({ value, field }) =>
    cleanPlain(value, findings, field)
      .split(/\n+/u)
      .map((line) => ({ value: line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/u, ""), field })),
  );
  return lines(separate, { items: 30, length: 500 }, findings);
}

/** @returns an address of the web, or `null` with a note for what is none */
export function readUrl(fact: Fact | undefined, findings: RecordFindings): string | null {
  const text = fact?.value.trim() ?? "";
  if (fact === undefined || text === "") return null;
  const parsed = WebUrl.safeParse(text);
  if (parsed.success) return parsed.data;
  findings.note(
    "value_ignored",
    `${quoted(text)} is not a web address and was left out`,
    fact.field,
  );
  return null;
}

/** Days: `P3D`, `PT16H` at eight hours a day, or a plain number of days. */
function readDurationDays(fact: Fact | undefined, findings: RecordFindings): number | null {
  if (fact === undefined) return null;
  const text = fact.value.trim();
  const iso = /^P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+)M)?)?$/iu.exec(text);
  const words = /^(\d+(?:[.,]\d+)?)\s*(d|days?|h|hours?)?$/iu.exec(text);
  let days: number | undefined;
  if (iso !== null && text.length > 1) {
    const [, d = "0", h = "0", m = "0"] = iso;
    days = Number(d) + (Number(h) + Number(m) / 60) / 8;
  } else if (words !== null) {
    const amount = Number((words[1] ?? "").replace(",", "."));
    days = words[2]?.toLowerCase().startsWith("h") === true ? amount / 8 : amount;
  }
  const rounded = days === undefined ? 0 : Math.ceil(days * 2) / 2;
  if (rounded < 0.5 || rounded > 365) {
    findings.note(
      "value_ignored",
      `${quoted(text)} is not a duration in days or hours`,
      fact.field,
    );
    return null;
  }
  if (rounded !== days)
    findings.note("text_changed", `was rounded up to ${rounded} days`, fact.field);
  return rounded;
}

function readCode(fact: Fact | undefined, findings: RecordFindings): string | null {
  if (fact === undefined) return null;
  const code = slugOf(fact.value, 32).toUpperCase();
  if (!CourseCode.safeParse(code).success) {
    findings.note("value_ignored", `${quoted(fact.value)} can't be a course code`, fact.field);
    return null;
  }
  if (code !== fact.value.trim()) findings.note("text_changed", `became ${code}`, fact.field);
  return code;
}

function readSlug(fact: Fact | undefined, findings: RecordFindings): string | null {
  if (fact === undefined) return null;
  const slug = slugOf(fact.value, 120);
  if (slug === "") {
    findings.note("value_ignored", `${quoted(fact.value)} can't be part of an address`, fact.field);
    return null;
  }
  if (slug !== fact.value.trim()) findings.note("text_changed", `became ${slug}`, fact.field);
  return slug;
}

function readTopics(
  facts: readonly Fact[],
  findings: RecordFindings,
): { slug: string; name: string }[] {
  const topics = new Map<string, string>();
  for (const name of lines(facts, { items: 20, length: 100 }, findings)) {
    const slug = slugOf(name, 120);
    if (Slug.safeParse(slug).success && !topics.has(slug)) topics.set(slug, name);
  }
  return [...topics].map(([slug, name]) => ({ slug, name }));
}

function readModes(facts: readonly Fact[], findings: RecordFindings): DeliveryMode[] {
  const modes = new Set<DeliveryMode>();
  for (const { value, field } of facts) {
    const word = readModeWord(value);
    if (word === undefined) {
      findings.note("delivery_mode", `${quoted(value)} is not a known way of teaching`, field);
      continue;
    }
    const mode = deliveryModeOf(new Set([word]));
    if (mode !== undefined) modes.add(mode);
  }
  return [...modes];
}

function readLanguages(facts: readonly Fact[], findings: RecordFindings): string[] {
  const tags = facts.flatMap(({ value, field }) => readLanguage(value, findings, field) ?? []);
  return [...new Set(tags)].slice(0, 20);
}

function readStatus(
  fact: Fact | undefined,
  defaults: ImportDefaults,
  findings: RecordFindings,
): CourseStatus {
  if (fact === undefined) return defaults.courseStatus;
  const word = fact.value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, "_");
  const status = STATUSES.get(word.slice(word.lastIndexOf("/") + 1));
  if (status === undefined) {
    findings.note("value_ignored", `${quoted(fact.value)} is not a known status`, fact.field);
  }
  return status ?? defaults.courseStatus;
}

/** @returns the language that a record is written in; English, and a note, where nobody says */
export function contentLanguageOf(
  fact: Fact | undefined,
  defaults: ImportDefaults,
  findings: RecordFindings,
): string {
  const language = fact === undefined ? undefined : readLanguage(fact.value, findings, fact.field);
  if (language !== undefined) return language;
  if (defaults.language !== undefined) return defaults.language;
  findings.note("no_language", "no language is given: taken as English (or give --language)");
  return "en";
}

/** @returns the name of a record as plain text, which may be empty */
export function readTitle(title: Fact | undefined, findings: RecordFindings): string {
  return title === undefined ? "" : cleanLine(title.value, findings, title.field);
}

/** @returns how a course is recognised: by its `@id`, else its URL, else its name */
export function courseIdOf(facts: CourseFacts, title: string): string {
  const url = facts.url?.value.trim();
  const { success, data } = WebUrl.safeParse(url);
  return facts.id ?? (success ? data : derivedCourseId(title, facts.provider));
}

/**
 * @param externalId see `courseIdOf`
 * @param title see `readTitle`
 * @param known what is known of the course from its runs, where it does not say it itself
 * @returns the record, or `undefined` after a finding that refuses it
 */
export function buildCourse(
  facts: CourseFacts,
  { externalId, title }: { readonly externalId: string; readonly title: string },
  known: { readonly modes: readonly DeliveryMode[]; readonly languages: readonly string[] },
  defaults: ImportDefaults,
  findings: RecordFindings,
): CourseRecord | undefined {
  const body =
    facts.description === undefined
      ? ""
      : cleanProse(facts.description.value, findings, facts.description.field);
  const summary =
    facts.summary === undefined
      ? summaryOf(body)
      : cleanPlain(facts.summary.value, findings, facts.summary.field);
  const modes = readModes(facts.modes, findings);
  const languages = readLanguages(facts.languages, findings);
  const level = facts.level === undefined ? undefined : readLevel(facts.level.value);
  if (facts.level !== undefined && level === undefined) {
    findings.note(
      "value_ignored",
      `${quoted(facts.level.value)} is not a known level`,
      facts.level.field,
    );
  }
  const record: CourseRecord = {
    externalId,
    sourceUrl: readUrl(facts.url, findings),
    code: readCode(facts.code, findings),
    slug: readSlug(facts.slug, findings),
    title,
    summary: fitted(summary, 1000, findings, facts.summary?.field ?? "summary"),
    body,
    contentLanguage: contentLanguageOf(facts.contentLanguage, defaults, findings),
    level: level ?? null,
    durationDays: readDurationDays(facts.duration, findings),
    prerequisites: points(facts.prerequisites, findings),
    outcomes: points(facts.outcomes, findings),
    syllabus: facts.syllabus.slice(0, 50).flatMap((module) => {
      const [moduleTitle] = lines([module.title], { items: 1, length: 200 }, findings);
      const topics = lines(module.topics, { items: 50, length: 300 }, findings);
      return moduleTitle === undefined ? [] : [{ title: moduleTitle, topics }];
    }),
    keywords: lines(facts.keywords, { items: 50, length: 100 }, findings),
    deliveryModes: modes.length > 0 ? modes : [...known.modes],
    languages: languages.length > 0 ? languages : [...known.languages].slice(0, 20),
    topics: readTopics(facts.topics, findings),
    related: [...new Set(facts.related.map(({ value }) => value))].slice(0, 12),
    translations: [],
    status: readStatus(facts.status, defaults, findings),
  };
  return refuseInvalid(CourseRecord, record, findings);
}
