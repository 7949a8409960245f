import { type FieldProblem, type Shape, loaded, problemOf } from "../forms/contract-shape.ts";

/** What is wrong, by the path in the input: `changes.outcomes.2`. */
export type Problems = readonly (readonly [path: string, problem: FieldProblem])[];

/**
 * Checks what would be sent against the contract, before it is.
 *
 * @returns the input as it is to be sent, or what is wrong with it
 */
export async function checkShape<Output>(
  loadShape: () => Promise<Shape<Output>>,
  input: unknown,
): Promise<{ readonly input: Output } | { readonly problems: Problems }> {
  const shape = await loaded(loadShape);
  const parsed = shape.safeParse(input);
  if (parsed.success) return { input: parsed.data };
  const { issues } = parsed.error;
  return {
    problems: issues.map((issue) => [issue.path.map(String).join("."), problemOf(issue)] as const),
  };
}
