import { appRouter } from "@lectern/api/app-router";
import { type DeclaredProcedure, declaredAccess } from "@lectern/api/trpc/declared-access";
import { z } from "zod";

/** A procedure with the shape of what it takes; `undefined` for one that takes nothing. */
export interface ShapedProcedure extends DeclaredProcedure {
  readonly input: z.ZodType | undefined;
}

const Definition = z.object({ inputs: z.array(z.instanceof(z.ZodType)) });

function inputOf(procedure: unknown): z.ZodType | undefined {
  if (typeof procedure !== "function" || !("_def" in procedure)) return undefined;
  const { inputs } = Definition.parse(procedure._def);
  return inputs[0];
}

/** Every procedure there is, by its path. */
export const PROCEDURES: readonly ShapedProcedure[] = (() => {
  const procedures: Record<string, unknown> = { ...appRouter._def.procedures };
  return declaredAccess(appRouter).map((declared) => ({
    ...declared,
    input: inputOf(procedures[declared.path]),
  }));
})();
