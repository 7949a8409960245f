import type { Academy } from "./academy.ts";
import { Refusal } from "./refusal.ts";

/** A request as idempotency keys know it. */
export interface Request {
  readonly procedure: string;
  readonly isStaff: boolean;
  readonly key: string;
  /** Everything that the request says. */
  readonly body: unknown;
}

function scopeOf({ procedure, isStaff, key }: Request): string {
  return `${procedure} ${isStaff ? "staff" : "public"} ${key}`;
}

/**
 * What was answered to this key before.
 *
 * @throws Refusal IdempotencyMismatch when the key came with another request
 */
export function answeredBefore(
  academy: Academy,
  request: Request,
  options: { keepsSettled?: boolean } = {},
): { readonly answer: unknown } | undefined {
  const kept = academy.keys.get(scopeOf(request));
  if (kept === undefined) return undefined;
  if (kept.body !== JSON.stringify(request.body)) {
    throw new Refusal("IdempotencyMismatch", {}, options);
  }
  return { answer: kept.answer };
}

export function keep(academy: Academy, request: Request, answer: unknown): void {
  academy.keys.set(scopeOf(request), { body: JSON.stringify(request.body), answer });
}

/** Has the effect of a request once, whoever repeats it: the same key gets the first answer again. */
export function once(academy: Academy, request: Request, effect: () => unknown): unknown {
  const before = answeredBefore(academy, request);
  if (before !== undefined) return before.answer;
  const answer = effect();
  keep(academy, request, answer);
  return answer;
}
