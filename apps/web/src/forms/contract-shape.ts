/** What forms use of the contract's shapes. The shapes, and zod with them, are loaded with the first form. */

export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string | undefined;
  readonly expected?: string | undefined;
  readonly format?: string | undefined;
  readonly origin?: string | undefined;
  readonly minimum?: number | bigint | undefined;
}

export interface Shape<Output> {
  safeParse(
    input: unknown,
  ):
    | { readonly success: true; readonly data: Output }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

/**
 * Loads a shape so that it is checked without making functions out of text: the policy of the site forbids that, and
 * browsers report the attempt. Said here, and not where a page comes alive, it is loaded by nobody who only reads.
 */
export async function loaded<Output>(load: () => Promise<Shape<Output>>): Promise<Shape<Output>> {
  const { checkWithoutEval } = await import("@lectern/contract/without-eval");
  checkWithoutEval();
  return load();
}

/** The messages that a field can have. */
export type KnownProblem =
  | "required"
  | "tooLong"
  | "notEmail"
  | "notAccepted"
  | "notNumber"
  | "notValid";

/** What is wrong with a field: a message, with the length that is asked for, or what the server says. */
export type FieldProblem = KnownProblem | { readonly tooShort: number } | { readonly said: string };

/** Says what is wrong with a field in words for people; the contract's are for programs. */
export function problemOf({ code, expected, format, origin, minimum }: Issue): FieldProblem {
  if (origin === "number" || origin === "int") return "notNumber";
  switch (code) {
    case "invalid_type":
      return expected === "number" || expected === "int" ? "notNumber" : "required";
    case "invalid_value":
      return "notAccepted";
    case "too_small":
      return origin === "string" && Number(minimum) > 1
        ? { tooShort: Number(minimum) }
        : "required";
    case "too_big":
      return "tooLong";
    case "invalid_format":
      return format === "email" ? "notEmail" : "notValid";
    default:
      return "notValid";
  }
}

/** @returns the text of a field, `undefined` when it is empty */
export function fieldText(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
}

/** @returns what stands in a field as it is, such as a password; `undefined` when it is empty */
export function secretText(data: FormData, name: string): string | undefined {
  const value = data.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** @returns the number in a field, `undefined` when it is empty, not a number when it is none */
export function fieldNumber(data: FormData, name: string): number | undefined {
  const text = fieldText(data, name);
  return text === undefined ? undefined : Number(text);
}
