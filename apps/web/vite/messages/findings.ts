import { readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { FIRST_LANGUAGE } from "../../src/language/languages.ts";
import { type Argument, argumentsOf, compiledMessage } from "./icu.ts";
import { type Group, englishOf, groupsOf, parts } from "./sources.ts";
import { isTree, messagesIn } from "./tree.ts";

/** What is wrong with a message. */
export interface Finding {
  /** From the package's folder on, with the line where there is one. */
  readonly place: string;
  /** The message's full name, `booking.hold`, or that of its group. */
  readonly name: string;
  readonly problem:
    | "is missing"
    | "is in no other language: English has no such message"
    | "is used nowhere"
    | "is among no page's words"
    | "is no ICU message"
    | `${"lacks" | "has unknown"} the argument ${string}`
    | `takes ${string} as ${string}, which English gives as ${string}`
    | `lacks the form “${string}” of ${string}`
    | `has a form “${string}” of ${string}, which this language does not have`;
}

const PACKAGE = join(import.meta.dirname, "../..");

/** Arguments that are given as numbers, and may be written as any of these. */
const NUMERIC = new Set(["number", "plural", "selectordinal", "plain"]);
const COUNTED = { plural: "cardinal", selectordinal: "ordinal" } as const;

/** Where a message stands: its line, or that of its group. */
async function placeOf({ file, name }: Group, key?: string): Promise<string> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const start = lines.findIndex((line) => line.startsWith(`export const ${name} `));
  const inside = lines.findIndex((line, i) => i > start && line.startsWith(`  ${key ?? ""}:`));
  return `${relative(PACKAGE, file)}:${(inside === -1 ? start : inside) + 1}`;
}

/** The forms that a language wants of what is counted, and those it has no use for. */
function* formProblems(
  language: string,
  { name, kind, forms }: Argument,
): Generator<Finding["problem"]> {
  if (kind !== "plural" && kind !== "selectordinal") return;
  const { pluralCategories } = new Intl.PluralRules(language, {
    type: COUNTED[kind],
  }).resolvedOptions();
  // With exact numbers alone, nothing is counted: one of them is told from all others.
  const isCounted = forms.some((form) => form !== "other" && !form.startsWith("="));
  const wanted = new Set<string>(isCounted ? pluralCategories : ["other"]);
  for (const form of wanted) if (!forms.includes(form)) yield `lacks the form “${form}” of ${name}`;
  for (const form of forms) {
    if (!form.startsWith("=") && !wanted.has(form)) {
      yield `has a form “${form}” of ${name}, which this language does not have`;
    }
  }
}

function isAlike(english: Argument, ours: Argument): boolean {
  if (english.kind === ours.kind) return ours.kind !== "select" || isSameForms(english, ours);
  return english.kind !== "plain" && NUMERIC.has(english.kind) && NUMERIC.has(ours.kind);
}

function isSameForms(english: Argument, ours: Argument): boolean {
  return english.forms.toSorted().join(" ") === ours.forms.toSorted().join(" ");
}

/** What a message takes that English does not give, and the other way round. */
function* argumentProblems(
  english: readonly Argument[],
  ours: readonly Argument[],
): Generator<Finding["problem"]> {
  for (const { name } of new Map(english.map((each) => [each.name, each])).values()) {
    if (!ours.some((each) => each.name === name)) yield `lacks the argument ${name}`;
  }
  for (const argument of ours) {
    const given = english.filter(({ name }) => name === argument.name);
    const [first] = given;
    if (first === undefined) yield `has unknown the argument ${argument.name}`;
    else if (!given.some((each) => isAlike(each, argument))) {
      yield `takes ${argument.name} as ${described(argument)}, which English gives as ${described(first)}`;
    }
  }
}

function described({ kind, forms }: Argument): string {
  return kind === "select" ? `${kind} (${forms.join(", ")})` : kind;
}

/** @returns the arguments of a message, `undefined` where it is none */
function read(message: string, name: string): Argument[] | undefined {
  try {
    return [...argumentsOf(compiledMessage(message, name))];
  } catch {
    return undefined;
  }
}

/** @returns what is wrong with one message of a language */
export function problemsOf(
  language: string,
  message: string,
  english = message,
): Finding["problem"][] {
  const ours = read(message, "");
  if (ours === undefined) return ["is no ICU message"];
  const problems = ours.flatMap((argument) => [...formProblems(language, argument)]);
  return [...new Set([...problems, ...argumentProblems(read(english, "") ?? [], ours)])];
}

/** @returns what is wrong with the messages of English: those of no page, those used nowhere, and forms that are missing */
async function englishFindings(isUsed: (name: string) => boolean): Promise<Finding[]> {
  const findings: Finding[] = [];
  const gathered = new Set<string>();
  for (const part of await parts())
    for (const name of Object.keys(await englishOf(part))) gathered.add(name);
  for (const group of await groupsOf(FIRST_LANGUAGE)) {
    if (!gathered.has(group.name)) {
      findings.push({
        place: await placeOf(group),
        name: group.name,
        problem: "is among no page's words",
      });
    }
    for (const [key, message] of messagesIn(group.messages)) {
      const problems = problemsOf(FIRST_LANGUAGE, message);
      if (!isUsed(key)) problems.push("is used nowhere");
      for (const problem of problems) {
        findings.push({ place: await placeOf(group, key), name: `${group.name}.${key}`, problem });
      }
    }
  }
  return findings;
}

/** @returns what is wrong with the messages of a language, compared with those of English */
async function translationFindings(language: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  const english = await groupsOf(FIRST_LANGUAGE);
  const ours = await groupsOf(language);
  for (const group of english) {
    const translated = ours.find(({ name }) => name === group.name);
    const home = join(dirname(dirname(group.file)), language, basename(group.file));
    for (const [key] of messagesIn(group.messages)) {
      if (translated !== undefined && typeof translated.messages[key] === "string") continue;
      const place = translated === undefined ? relative(PACKAGE, home) : await placeOf(translated);
      findings.push({ place, name: `${group.name}.${key}`, problem: "is missing" });
    }
  }
  for (const group of ours) {
    const theirs = english.find(({ name }) => name === group.name)?.messages ?? {};
    for (const [key, message] of messagesIn(group.messages)) {
      const original = theirs[key];
      const problems =
        original === undefined || isTree(original)
          ? (["is in no other language: English has no such message"] as const)
          : problemsOf(language, message, original);
      for (const problem of problems) {
        findings.push({ place: await placeOf(group, key), name: `${group.name}.${key}`, problem });
      }
    }
  }
  return findings;
}

/**
 * @param language of the site
 * @param isUsed whether a source asks for a message
 * @returns all that is wrong with its messages
 */
export function findingsOf(
  language: string,
  isUsed: (name: string) => boolean,
): Promise<Finding[]> {
  return language === FIRST_LANGUAGE ? englishFindings(isUsed) : translationFindings(language);
}
