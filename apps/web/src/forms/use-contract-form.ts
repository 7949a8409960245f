import { isLecternError } from "@lectern/client";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { type FieldProblem, type Shape, loaded, problemOf } from "./contract-shape.ts";

export type FieldProblems = Readonly<Record<string, FieldProblem>>;

interface ContractForm<Output> {
  /** Loads the shape that the server checks as well. */
  readonly loadShape: () => Promise<Shape<Output>>;
  /** Makes the input of the call out of the fields. */
  readonly inputOf: (data: FormData) => unknown;
  /** Does what the form is for. Failures are thrown, for the caller's own mutation keeps them. */
  readonly send: (input: Output) => Promise<unknown>;
  /** Name of the field that a path of the input stands for; the path itself unless given. */
  readonly fieldOf?: (path: string, data: FormData) => string;
  /** The fields of which the server knows better than any shape what is wrong: its own words stand there. */
  readonly judgedByServer?: readonly string[];
}

/**
 * Checks a form's fields against the contract when it is sent, then sends it. What is wrong is told
 * beside each field, and the focus goes to the first.
 */
export function useContractForm<Output>(form: ContractForm<Output>) {
  const { loadShape } = form;
  const [problems, setProblems] = useState<FieldProblems>({});
  const element = useRef<HTMLFormElement>(null);

  // On its way before it is needed.
  useEffect(() => void loaded(loadShape), [loadShape]);

  function show(
    data: FormData,
    paths: readonly (readonly [path: string, problem: FieldProblem])[],
  ): void {
    const found: Record<string, FieldProblem> = {};
    for (const [path, problem] of paths) found[form.fieldOf?.(path, data) ?? path] ??= problem;
    // In the document before the focus goes there, so that it is read out with the field.
    flushSync(() => setProblems(found));
    for (const field of element.current?.elements ?? []) {
      if (field instanceof HTMLElement && "name" in field && String(field.name) in found) {
        field.focus();
        return;
      }
    }
  }

  async function check(data: FormData): Promise<void> {
    const shape = await loaded(loadShape);
    const parsed = shape.safeParse(form.inputOf(data));
    if (!parsed.success) {
      const { issues } = parsed.error;
      show(
        data,
        issues.map((issue) => [issue.path.map(String).join("."), problemOf(issue)]),
      );
      return;
    }
    setProblems({});
    try {
      await form.send(parsed.data);
    } catch (error) {
      // The server's shape is newer than this page, or stricter than shapes can be.
      if (isLecternError(error, "Invalid")) {
        show(
          data,
          error.data.issues.map(({ path, message }) => [
            path,
            form.judgedByServer?.includes(path) === true ? { said: message } : "notValid",
          ]),
        );
      }
    }
  }

  return {
    problems,
    formProps: {
      ref: element,
      noValidate: true,
      onSubmit(event: FormEvent<HTMLFormElement>): void {
        event.preventDefault();
        void check(new FormData(event.currentTarget));
      },
    },
  };
}
