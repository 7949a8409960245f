import type { RunHistoryItem } from "@lectern/contract/run-office";
import { z } from "zod";

/** What entries of the audit log say, for sentences. What a newer server writes is told by its name. */

const KNOWN = [
  "run.schedule",
  "run.import",
  "run.confirm",
  "run.begin",
  "run.complete",
  "run.cancel",
  "run.reschedule",
  "run.warn",
  "run.change_capacity",
  "run.block_places",
  "run.unblock_places",
  "run.set_prices",
  "run.set_organisation",
  "run.send_message",
  "attendance.mark",
  "attendance.clear",
  "booking.hold",
  "booking.confirm",
  "booking.cancel",
  "booking.request_approval",
  "booking.approve",
  "booking.refuse",
  "booking.expire",
  "booking.start_payment",
  "booking.create",
  "registration.name",
  "registration.substitute",
  "registration.cancel",
  "registration.refund",
  "registration.transfer",
  "registration.claim",
  "registration.complete",
  "registration.no_show",
  "registration.unsettle",
  "registration.stay",
  "registration.ask",
  "waitlist.join",
  "waitlist.offer",
  "waitlist.accept",
  "waitlist.decline",
  "waitlist.lapse",
  "waitlist.withdraw",
  "waitlist.close",
] as const;

type KnownAction = (typeof KNOWN)[number];
type Underscored<Action extends string> = Action extends `${infer Entity}.${infer Verb}`
  ? `${Entity}_${Verb}`
  : never;

/** A message, and what it speaks of. */
export interface HistorySentence {
  readonly message: `did_${Underscored<KnownAction>}` | "did_other";
  readonly values: {
    readonly reference: string;
    readonly reason: string;
    readonly before: string;
    readonly after: string;
    readonly count: number;
    readonly action: string;
  };
}

const Told = z.looseObject({
  reason: z.string().catch(""),
  capacity: z.number().catch(0),
  quantity: z.number().catch(0),
  recipients: z.number().catch(0),
  marks: z.array(z.unknown()).catch([]),
});

/** @returns what happened, as a message and what it speaks of */
function sentenceOf({ action, before, after, reference }: RunHistoryItem): HistorySentence {
  const [was, is] = [Told.parse(before ?? {}), Told.parse(after ?? {})];
  const known = KNOWN.find((one) => one === action);
  return {
    message: known === undefined ? "did_other" : messageOf(known),
    values: {
      reference: reference ?? "",
      reason: is.reason,
      before: String(was.capacity),
      after: String(is.capacity),
      count: is.quantity + is.recipients + is.marks.length,
      action,
    },
  };
}

function messageOf(action: KnownAction): HistorySentence["message"] {
  const [entity, verb] = action.split(".");
  const message = `did_${entity}_${verb}`;
  return isMessage(message) ? message : "did_other";
}

const MESSAGES = new Set(KNOWN.map((action) => `did_${action.replace(".", "_")}`));

function isMessage(text: string): text is HistorySentence["message"] {
  return MESSAGES.has(text);
}

/** Several entries of the same kind by the same one, one after the other. */
export interface HistoryGroup {
  readonly newest: RunHistoryItem;
  readonly oldest: RunHistoryItem;
  readonly sentence: HistorySentence;
}

/** So long after one another they are told as one, such as the marks of a check-in. */
const TOGETHER_MS = 10 * 60_000;
const FOLDED = new Set(["attendance.mark", "attendance.clear"]);

/** @returns the entries, with the marks of one check-in told as one, and without holds that became more */
export function groupHistory(items: readonly RunHistoryItem[]): HistoryGroup[] {
  const groups: HistoryGroup[] = [];
  const booked = new Set(
    items.filter(({ action }) => action !== "booking.hold").map(({ reference }) => reference),
  );
  for (const item of items) {
    if (item.action === "booking.hold" && booked.has(item.reference)) continue;
    const sentence = sentenceOf(item);
    const last = groups.at(-1);
    if (last !== undefined && isTogether(last, item)) {
      const count = last.sentence.values.count + sentence.values.count;
      groups[groups.length - 1] = {
        ...last,
        oldest: item,
        sentence: { ...last.sentence, values: { ...last.sentence.values, count } },
      };
    } else groups.push({ newest: item, oldest: item, sentence });
  }
  return groups;
}

function isTogether({ oldest }: HistoryGroup, item: RunHistoryItem): boolean {
  return (
    FOLDED.has(item.action) &&
    oldest.action === item.action &&
    oldest.actor.kind === item.actor.kind &&
    oldest.actor.name === item.actor.name &&
    Date.parse(oldest.at) - Date.parse(item.at) < TOGETHER_MS
  );
}
