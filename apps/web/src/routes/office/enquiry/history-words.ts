import type { EnquiryEvent } from "@lectern/contract/enquiries";
import { EnquiryStatus } from "@lectern/contract/vocabulary";
import { z } from "zod";

/** What entries of the audit log say of one enquiry. What a newer server writes is told by its name. */

const KNOWN = [
  "enquiry.send",
  "enquiry.move",
  "enquiry.note",
  "quote.create",
  "quote.copy",
  "quote.update",
  "quote.discard",
  "quote.send",
  "quote.accept",
  "quote.decline",
  "quote.withdraw",
  "quote.expire",
] as const;

type Underscored<Action extends string> = Action extends `${infer Entity}.${infer Verb}`
  ? `${Entity}_${Verb}`
  : never;

export type Did = `did_${Underscored<(typeof KNOWN)[number]>}` | "did_other";

const MESSAGES: ReadonlySet<string> = new Set(
  KNOWN.map((action) => `did_${action.replace(".", "_")}`),
);

function isMessage(text: string): text is Did {
  return MESSAGES.has(text);
}

const Moved = z.looseObject({ status: EnquiryStatus.optional().catch(undefined) });

/** @returns the message that says what happened, and the state that an enquiry came to */
export function sentenceOf({ action, after }: Pick<EnquiryEvent, "action" | "after">) {
  const message = `did_${action.replace(".", "_")}`;
  const known = isMessage(message) ? message : "did_other";
  const { status } = Moved.parse(after ?? {});
  return { message: known, status: known === "did_enquiry_move" ? status : undefined };
}
