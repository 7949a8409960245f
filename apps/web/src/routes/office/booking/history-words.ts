import type { BookingHistoryItem } from "@lectern/contract/booking-office";
import { Money } from "@lectern/contract/primitives";
import { z } from "zod";
import { formatMoney } from "../../../format/money.ts";

/** What entries of the audit log say of one booking. What a newer server writes is told by its name. */

const KNOWN = [
  "booking.hold",
  "booking.confirm",
  "booking.cancel",
  "booking.request_approval",
  "booking.approve",
  "booking.refuse",
  "booking.expire",
  "booking.start_payment",
  "booking.create",
  "booking.resend",
  "registration.name",
  "registration.substitute",
  "registration.cancel",
  "registration.refund",
  "registration.transfer",
  "registration.claim",
  "registration.link",
  "registration.complete",
  "registration.no_show",
  "registration.unsettle",
  "registration.stay",
  "registration.ask",
  "payment.record",
  "payment.resolve",
  "waitlist.join",
  "waitlist.offer",
  "waitlist.accept",
] as const;

type Underscored<Action extends string> = Action extends `${infer Entity}.${infer Verb}`
  ? `${Entity}_${Verb}`
  : never;

type Message = `did_${Underscored<(typeof KNOWN)[number]>}` | "did_other";

const MESSAGES: ReadonlySet<string> = new Set(
  KNOWN.map((action) => `did_${action.replace(".", "_")}`),
);

function isMessage(text: string): text is Message {
  return MESSAGES.has(text);
}

/** Of what is written down beside; anything may be there, or not. */
const Told = z.looseObject({
  amount: z.number().nullable().catch(null),
  currency: z.string().nullable().catch(null),
  fee: Money.nullable().catch(null),
});

export interface Sentence {
  readonly message: Message;
  readonly values: {
    readonly position: string;
    readonly money: string;
    readonly action: string;
  };
}

/** @returns what happened, as a message and what it speaks of */
export function sentenceOf({ action, after, position }: BookingHistoryItem): Sentence {
  const { amount, currency, fee } = Told.parse(after ?? {});
  const paid = Money.safeParse({ amount, currency });
  const money = paid.success ? paid.data : fee;
  const message = `did_${action.replace(".", "_")}`;
  return {
    message: isMessage(message) ? message : "did_other",
    values: {
      position: String(position ?? ""),
      money: money === null ? "" : formatMoney(money),
      action,
    },
  };
}
