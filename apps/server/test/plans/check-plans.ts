// Declares all prepared queries.
import "@lectern/api/app-router";
import "../../src/worker/handlers.ts";
import { preparedQueries } from "@lectern/database/prepared";
import type { Queryable } from "@lectern/database/queryable";
import type { Count } from "./count.ts";
import { type Judged, withoutExceptions } from "./exceptions.ts";
import { faultsOf, largeRelations, planOf } from "./plan.ts";

export interface PlansChecked extends Judged {
  readonly queries: number;
}

/**
 * Looks at the plan of every prepared query, and of what procedures send beside these, on a database that was analysed.
 *
 * @param counts of all calls: statements that are not prepared are named after them
 * @param isComplete see `withoutExceptions`
 */
export async function checkPlans(
  db: Queryable,
  counts: readonly Count[],
  isComplete: boolean,
): Promise<PlansChecked> {
  const large = await largeRelations(db);
  const found = new Map<string, readonly string[]>();
  for (const [name, query] of [...preparedQueries(), ...otherQueries(counts)]) {
    found.set(name, faultsOf(await planOf(db, query), large));
  }
  return { queries: found.size, ...withoutExceptions(found, isComplete) };
}

/** @returns what is sent without a name, by the first call that does, and its first words */
function otherQueries(counts: readonly Count[]): ReadonlyMap<string, { readonly text: string }> {
  const texts = new Set<string>();
  const queries = new Map<string, { readonly text: string }>();
  for (const { name, many } of counts) {
    for (const text of many.statements) {
      if (!EXPLAINABLE.test(text) || texts.has(text)) continue;
      texts.add(text);
      const [verb = ""] = text.trim().split(/\s/u, 1);
      const table = /\b(?:from|into|update) "?(\w+)/iu.exec(text)?.[1] ?? "nothing";
      let called = `${name}: ${verb} ${table}`;
      while (queries.has(called)) called += " again";
      queries.set(called, { text });
    }
  }
  return queries;
}

/** Neither prepared, nor of those that there is no plan of. */
const EXPLAINABLE = /^\s*(?:select|insert|update|delete|with)\b/iu;
