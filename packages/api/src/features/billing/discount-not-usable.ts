import type { DomainErrorData } from "@lectern/contract/errors";
import { DomainError } from "../../domain-error.ts";

export type DiscountReason = DomainErrorData<"DiscountNotUsable">["reason"];

/** What a discount code is asked to be used for. */
export interface DiscountPurpose {
  readonly courseId: string;
  /** Of the price; `null` where that is on request, which only a percentage can be taken off. */
  readonly currency: string | null;
  /** The moment that decides on the code's validity. */
  readonly at: Date;
}

/** What decides whether a code can be used. */
export interface DiscountTerms {
  readonly currency: string | null;
  readonly maxUses: number | null;
  readonly used: number;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly courseId: string | null;
  readonly isActive: boolean;
}

/** @returns why a code can't be used for that, or `undefined` when it can */
export function whyNotUsable(
  terms: DiscountTerms | undefined,
  purpose: DiscountPurpose,
): DiscountReason | undefined {
  if (terms === undefined) return "unknown";
  if (!terms.isActive) return "inactive";
  if (terms.validFrom !== null && terms.validFrom > purpose.at) return "not_yet";
  if (terms.validUntil !== null && terms.validUntil <= purpose.at) return "over";
  if (terms.courseId !== null && terms.courseId !== purpose.courseId) return "other_course";
  if (terms.currency !== null && terms.currency !== purpose.currency) return "other_currency";
  if (terms.maxUses !== null && terms.used >= terms.maxUses) return "used_up";
  return undefined;
}

const WORDS: Readonly<Record<DiscountReason, string>> = {
  unknown: "There is no such discount code.",
  inactive: "This discount code can't be used any more.",
  not_yet: "This discount code can't be used yet.",
  over: "The time of this discount code is over.",
  used_up: "This discount code has been used as often as it may be.",
  other_course: "This discount code is for another course.",
  other_currency: "This discount code is for prices in another currency.",
};

/** @param code as it was asked for */
export function discountNotUsable(code: string, reason: DiscountReason): DomainError {
  return new DomainError({ code: "DiscountNotUsable", data: { code, reason } }, WORDS[reason]);
}
