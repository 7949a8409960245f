import { isLecternError } from "@lectern/client";
import { type RefObject, useState } from "react";
import { flushSync } from "react-dom";
import { checkShape } from "../../../editing/check-shape.ts";
import { useProblemWords } from "../../../editing/use-problem-words.ts";
import type { Shape } from "../../../forms/contract-shape.ts";

/**
 * What is wrong with the fields of a plan, in words.
 *
 * @param form where the focus goes to the first of them
 */
export function usePlanProblems(form: RefObject<HTMLFormElement | null>) {
  const words = useProblemWords();
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());

  function show(found: ReadonlyMap<string, string>): void {
    // In the document before the focus goes there, so that it is read out with the field.
    flushSync(() => setProblems(found));
    form.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }
  /**
   * @param isHere whether the field of a path is among those that are looked at
   * @returns the input as it is to be sent; `true` where something is wrong elsewhere, and `undefined` where
   *   something is wrong here, which is shown then
   */
  async function check<Output>(
    loadShape: () => Promise<Shape<Output>>,
    input: unknown,
    isHere: (path: string) => boolean = () => true,
  ): Promise<Output | true | undefined> {
    const checked = await checkShape(loadShape, input);
    if ("input" in checked) {
      show(new Map());
      return checked.input;
    }
    const here = checked.problems.filter(([path]) => isHere(path));
    show(new Map(here.map(([path, problem]) => [path, words(problem)])));
    return here.length === 0 ? true : undefined;
  }
  /** Shows what the server says of fields. */
  function showRefusal(failure: unknown): void {
    if (!isLecternError(failure, "Invalid")) return;
    show(new Map(failure.data.issues.map(({ path, message }) => [path, message])));
  }
  return { problems, check, showRefusal };
}
