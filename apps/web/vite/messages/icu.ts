import compile from "icu-minify/compile";

/**
 * ICU messages as `icu-minify` compiles them: a text, or a list of texts, numbers (`#`) and arguments. What an argument is
 * says a number behind its name; behind the name of a tag stands what the tag holds.
 */

const KINDS = {
  1: "select",
  2: "plural",
  3: "selectordinal",
  4: "number",
  5: "date",
  6: "time",
} as const;

/** What an argument is: `plain` is written as it comes. */
type Kind = (typeof KINDS)[keyof typeof KINDS] | "plain" | "tag";

/** An argument of a message, wherever in it it stands. */
export interface Argument {
  readonly name: string;
  readonly kind: Kind;
  /** What there is to choose from, of those that choose: `one`, `other`, `=0`. */
  readonly forms: readonly string[];
}

/** @throws when a text is no ICU message, with its name */
export function compiledMessage(message: string, name: string): unknown {
  try {
    return compile(message);
  } catch (error) {
    throw new Error(`The message ${name} is no ICU message: ${message}`, { cause: error });
  }
}

function isKind(value: unknown): value is keyof typeof KINDS {
  return typeof value === "number" && Object.hasOwn(KINDS, value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isForms(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isList(value);
}

/** The nodes of a message, or of one of its forms: a list of one is written without the list. */
function nodesOf(compiled: unknown): readonly unknown[] {
  return isList(compiled) ? compiled : [compiled];
}

/** @param compiled a message, or a part of one */
export function* argumentsOf(compiled: unknown): Generator<Argument> {
  for (const node of nodesOf(compiled)) {
    if (!isList(node)) continue;
    const [name, second, third] = node;
    if (typeof name !== "string") continue;
    if (node.length === 1) yield { name, kind: "plain", forms: [] };
    else if (isKind(second)) {
      const forms = isForms(third) ? third : {};
      yield { name, kind: KINDS[second], forms: second <= 3 ? Object.keys(forms) : [] };
      if (second <= 3) for (const form of Object.values(forms)) yield* argumentsOf(form);
    } else {
      yield { name, kind: "tag", forms: [] };
      yield* argumentsOf(node.slice(1));
    }
  }
}

/** @returns a compiled message with its texts changed, and nothing else */
export function withTexts(compiled: unknown, change: (text: string) => string): unknown {
  if (typeof compiled === "string") return change(compiled);
  if (!isList(compiled)) return compiled;
  return compiled.map((node) => {
    if (!isList(node)) return typeof node === "string" ? change(node) : node;
    const [name, second, third] = node;
    if (node.length === 1) return node;
    if (!isKind(second)) return [name, ...nodesOf(withTexts(node.slice(1), change))];
    if (second > 3 || !isForms(third)) return node;
    const forms: Record<string, unknown> = {};
    for (const [form, texts] of Object.entries(third)) forms[form] = withTexts(texts, change);
    return [name, second, forms];
  });
}
