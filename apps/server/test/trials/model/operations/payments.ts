import type { Kind } from "../operation.ts";
import { requireBooking } from "../rules/access.ts";
import {
  type Academy,
  type Booking,
  type Payment,
  type Registration,
  copyOfBooking,
  paymentNamed,
  runNamed,
} from "../rules/academy.ts";
import { soldOut } from "../rules/bookable.ts";
import { confirm, requireNoDuplicates, takeAgain } from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { settle } from "../rules/places.ts";
import { totalOf } from "../rules/prices.ts";
import { Refusal, conflict, invalid, notFound } from "../rules/refusal.ts";
import { drawBooking } from "./shared.ts";

interface RecordArgs {
  readonly booking: string;
  readonly share: "all" | "part" | "nothing";
  readonly currency: "right" | "wrong";
  /** Which money it is, when it came in before; null for money that nobody has seen yet. */
  readonly money: string | null;
  /** Sets money that came with the same operation apart: another body for the same key. */
  readonly note: number;
}

/** Money comes in for a booking. */
export const recordPayment: Kind<RecordArgs> = {
  name: "recordPayment",
  plain: { share: "all", currency: "right", money: null },
  weight: 8,
  draw(dice, academy) {
    const booking = drawBooking(
      dice,
      academy,
      ({ status }) => status === "awaiting_payment" || status === "expired",
    );
    if (booking === undefined) return undefined;
    const earlier = dice.chance(5) ? dice.oneOf([...academy.payments.keys()]) : undefined;
    return {
      booking,
      share: dice.chance(2) ? "nothing" : dice.pick("all", "all", "part"),
      currency: dice.chance(3) ? "wrong" : "right",
      money: earlier ?? null,
      note: 0,
    };
  },
  rule(academy, args, step) {
    const amount = amountOf(academy, args, step.id);
    if (amount === 0) throw invalid("amount.amount");
    const booking = requireBooking(academy, args.booking, "staff");
    const request = { procedure: "recordPayment", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const given = args.currency === "right" ? currencyOf(booking) : "USD";
      const { total, currency } = dueFor(booking);
      if (currency !== null && currency !== given) throw invalid("amount.currency");
      const isEnough = total !== null && paidFor(academy, booking) + amount >= total;
      const outcome = seatPaid(academy, booking, isEnough) ? "applied" : "late";
      const name = moneyOf(args, step.id);
      if (academy.payments.has(name)) throw conflict("payment", "already_exists");
      const payment: Payment = { name, booking: booking.name, amount, currency: given, outcome };
      academy.payments.set(name, payment);
      if (outcome === "applied") booking.paymentState = isEnough ? "paid" : "part_paid";
      return answerOf(payment, booking);
    });
  },
  async call(world, args, step) {
    const { reference } = world.proofOf(args.booking, "staff");
    const money = moneyOf(args, step.id);
    const answer = await world.doors.staff.bookings.recordPayment.mutate({
      reference,
      paymentReference: `${world.tag} ${money}`,
      amount: {
        amount: world.remembered(step.id),
        currency: args.currency === "right" ? world.currencyOf(args.booking) : "USD",
      },
      idempotencyKey: world.key(step.id),
    });
    world.names.add(money, answer.paymentId);
    const { outcome, status, paymentState } = answer;
    return { outcome, status, paymentState };
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

/** @returns the name of the money that comes in, which the payer's reference is made of */
function moneyOf({ money, note }: RecordArgs, operation: number): string {
  const name = money ?? `p${operation}`;
  return note === 0 ? name : `${name} ${note}`;
}

/** The amount that the payer sends: the same each time that the same operation is tried. */
function amountOf(academy: Academy, { booking: name, share }: RecordArgs, operation: number) {
  const booking = academy.bookings.get(name);
  const total = (booking === undefined ? null : dueFor(booking).total) ?? 100;
  const amounts = { all: Math.max(total, 1), part: Math.ceil(total / 2) || 1, nothing: 0 };
  const amount = academy.remembered.get(operation) ?? amounts[share];
  academy.remembered.set(operation, amount);
  return amount;
}

function currencyOf({ registrations }: Booking): string {
  return registrations[0]?.currency ?? "NOK";
}

/** @returns what a booking costs: what was transferred from it is paid for where it went */
function dueFor({ registrations }: Booking): { total: number | null; currency: string | null } {
  const sold = registrations.filter(({ status }) => status !== "transferred");
  const [first] = sold;
  if (first === undefined) return { total: null, currency: null };
  return { total: totalOf(sold.map(({ price }) => price)), currency: first.currency };
}

/**
 * @returns what was paid for a booking: what came in for it, and what had been paid for registrations before
 *   they were transferred to it, less the fee of that
 */
function paidFor(academy: Academy, booking: Booking): number {
  const own = [...academy.payments.values()]
    .filter((payment) => payment.booking === booking.name && payment.outcome === "applied")
    .map(({ amount }) => amount);
  const before = predecessorsOf(academy, booking).map(({ price, changes }) => {
    const fee = changes.findLast(({ kind }) => kind === "transfer")?.fee ?? 0;
    return price === null ? 0 : price - fee;
  });
  return [...own, ...before].reduce((sum, amount) => sum + amount, 0);
}

/** @returns the registrations of paid bookings that became those of this one */
function predecessorsOf(academy: Academy, { registrations }: Booking): Registration[] {
  const names = new Set<string | null>(registrations.map(({ name }) => name));
  return [...academy.bookings.values()]
    .filter(({ paymentState }) => paymentState === "paid")
    .flatMap((booking) => booking.registrations)
    .filter(({ successor }) => successor !== null && names.has(successor));
}

function answerOf({ outcome }: Payment, { status, paymentState }: Booking) {
  return { outcome, status, paymentState };
}

/**
 * Gives a booking that was paid for its places for good, or takes them again when its time was over.
 *
 * @returns whether that could be done; money for a part of it confirms nothing
 */
function seatPaid(academy: Academy, booking: Booking, isEnough: boolean): boolean {
  settle(academy, booking.run);
  switch (booking.status) {
    case "confirmed":
      return true;
    case "awaiting_payment":
      if (isEnough) confirm(booking);
      return true;
    case "expired":
      if (!isEnough || !booking.hasBooker) return false;
      if (!isSeatedAgain(academy, booking)) return false;
      confirm(booking);
      return true;
    case "held":
    case "awaiting_approval":
    case "cancelled":
      return false;
  }
}

/** What stands in the way here is no failure of the payment. */
function isSeatedAgain(academy: Academy, booking: Booking): boolean {
  const before = copyOfBooking(booking);
  try {
    if (!takeAgain(academy, booking)) return false;
    // Those that came again are held, until the booking is confirmed.
    requireNoDuplicates(academy, { ...booking, status: "held" });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    Object.assign(booking, before);
    return false;
  }
}

interface ResolveArgs {
  readonly payment: string;
  readonly decision: "seat" | "refund" | "refunded";
  readonly note: number;
}

/** Staff decide about money that came too late. */
export const resolvePayment: Kind<ResolveArgs> = {
  name: "resolvePayment",
  weight: 5,
  draw(dice, academy) {
    const payments = [...academy.payments.values()];
    const payment = dice.preferably(payments, ({ outcome }) => outcome === "late");
    if (payment === undefined) return undefined;
    return {
      payment: dice.chance(1) ? "nobody" : payment.name,
      decision: dice.pick("seat", "seat", "refund", "refunded"),
      note: 0,
    };
  },
  rule(academy, args, step) {
    const request = { procedure: "resolve", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      if (args.payment === "nobody") throw notFound("payment", args.payment);
      const payment = paymentNamed(academy, args.payment);
      const booking = requireBooking(academy, payment.booking, "staff");
      if (args.decision === "seat" && !seatPaid(academy, booking, true)) {
        throw soldOut(academy, runNamed(academy, booking.run), booking.places);
      }
      payment.outcome = nextOutcome(payment, args.decision);
      if (payment.outcome === "applied") booking.paymentState = "paid";
      if (payment.outcome === "refunded") booking.paymentState = "refunded";
      return answerOf(payment, booking);
    });
  },
  async call(world, args, step) {
    const answer = await world.doors.staff.bookings.resolvePayment.mutate({
      id: world.names.idOf(args.payment),
      decision: args.decision,
      note: `note ${args.note}`,
      idempotencyKey: world.key(step.id),
    });
    const { outcome, status, paymentState } = answer;
    return { outcome, status, paymentState };
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

function nextOutcome({ outcome }: Payment, decision: ResolveArgs["decision"]): Payment["outcome"] {
  if (outcome === "late" && decision === "seat") return "applied";
  if (outcome === "late" && decision === "refund") return "refund_due";
  const isOwed = outcome === "late" || outcome === "refund_due";
  if (isOwed && decision === "refunded") return "refunded";
  throw conflict("payment", "wrong_state", outcome);
}
