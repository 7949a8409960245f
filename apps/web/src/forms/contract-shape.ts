/** What forms use of the contract's shapes. The shapes, and zod with them, are loaded with the first form. */

export interface Issue {
  readonly path: readonly PropertyKey[];
  readonly code?: string | undefined;
  readonly expected?: string | undefined;
  readonly format?: string | undefined;
  readonly origin?: string | undefined;
}

export interface Shape<Output> {
  safeParse(
    input: unknown,
  ):
    | { readonly success: true; readonly data: Output }
    | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } };
}

/** The messages that a field can have. */
export type FieldProblem =
  | "required"
  | "tooLong"
  | "notEmail"
  | "notAccepted"
  | "notNumber"
  | "notValid";

/** Says what is wrong with a field in words for people; the contract's are for programs. */
export function problemOf({ code, expected, format, origin }: Issue): FieldProblem {
  if (origin === "number" || origin === "int") return "notNumber";
  switch (code) {
    case "invalid_type":
      return expected === "number" || expected === "int" ? "notNumber" : "required";
    case "invalid_value":
      return "notAccepted";
    case "too_small":
      return "required";
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

/** @returns the number in a field, `undefined` when it is empty, not a number when it is none */
export function fieldNumber(data: FormData, name: string): number | undefined {
  const text = fieldText(data, name);
  return text === undefined ? undefined : Number(text);
}
