import type { Dice } from "../dice.ts";
import type { World } from "../engine/world.ts";
import type { Kind, Step } from "../operation.ts";
import { requireBooking } from "../rules/access.ts";
import { type Academy, type Booking, type BookingStatus, runNamed } from "../rules/academy.ts";
import { checkLimit } from "../rules/bookable.ts";
import {
  approvalDeadline,
  confirm as confirmPlaces,
  detailOf,
  keepPlaces,
  requireNoDuplicates,
} from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { isHolding, isOver, seated } from "../rules/places.ts";
import { totalOfBooking } from "../rules/prices.ts";
import { conflict, invalid } from "../rules/refusal.ts";
import { addressOf, detailIn, drawBooking, drawKeyHolder, drawPerson, personIn } from "./shared.ts";

/** By how much a hold is extended, once, when payment starts. */
const PAYMENT_MINUTES = 15;

interface OrderArgs {
  readonly booking: string;
  readonly who: "key" | "wrong_key";
  readonly booker: string;
  readonly learners: readonly string[];
  readonly note: number;
}

interface ConfirmArgs extends OrderArgs {
  readonly hasApprover: boolean;
}

const OPEN: readonly BookingStatus[] = ["held", "awaiting_payment", "expired"];

function drawOrder(dice: Dice, academy: Academy): OrderArgs | undefined {
  const booking = drawBooking(dice, academy, ({ status }) => OPEN.includes(status));
  if (booking === undefined) return undefined;
  const places = academy.bookings.get(booking)?.places ?? 1;
  const named = dice.between(0, dice.chance(3) ? places + 1 : Math.min(places, 3));
  return {
    booking,
    who: drawKeyHolder(dice),
    booker: drawPerson(dice),
    learners: Array.from({ length: named }, () => drawPerson(dice)),
    note: 0,
  };
}

/** @throws Refusal Invalid for more learners than places, and for one who is there twice */
function checkLearners(booking: Booking, learners: readonly string[]): void {
  if (learners.length > booking.places) throw invalid("learners");
  const twice = learners.findIndex((learner, index) =>
    learners.slice(0, index).some((before) => personIn(before) === personIn(learner)),
  );
  if (twice !== -1) throw invalid(`learners.${twice}.email`);
}

/** The first places that are left are the learners'; the others stay unnamed. */
function nameLearners(booking: Booking, learners: readonly string[]): void {
  for (const [index, registration] of seated(booking).entries()) {
    const learner = learners[index];
    registration.learner = learner === undefined ? null : personIn(learner);
  }
}

function writeOrder(booking: Booking, args: OrderArgs, hasApprover: boolean): void {
  if (!OPEN.includes(booking.status)) throw conflict("booking", "wrong_state");
  booking.bookerEmail = personIn(args.booker);
  booking.hasBooker = true;
  booking.hasApprover = hasApprover;
}

function orderIn(world: World, args: OrderArgs, step: Step) {
  const { reference, accessKey } = world.proofOf(args.booking, args.who);
  return {
    reference,
    accessKey: accessKey ?? world.wrongKey(),
    booker: { name: args.booker, email: addressOf(args.booker) },
    learners: args.learners.map((name) => ({ name, email: addressOf(name) })),
    note: `note ${args.note}`,
    acceptsTerms: true as const,
    idempotencyKey: world.key(step.id),
  };
}

/** To be paid by invoice; with an approver, the company has to approve first. */
export const confirm: Kind<ConfirmArgs> = {
  name: "confirm",
  weight: 12,
  draw(dice, academy) {
    const order = drawOrder(dice, academy);
    return order && { ...order, hasApprover: dice.chance(30) };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    checkLearners(booking, args.learners);
    const { hasApprover } = args;
    const request = { procedure: "confirm", isStaff: false, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = runNamed(academy, booking.run);
      const { places } = booking;
      checkLimit(academy, run, { email: personIn(args.booker), places, besides: booking });
      keepPlaces(academy, booking);
      writeOrder(booking, args, hasApprover);
      if (hasApprover) {
        booking.status = "awaiting_approval";
        booking.expiresAt = approvalDeadline(academy, run);
      } else {
        confirmPlaces(booking);
      }
      nameLearners(booking, args.learners);
      requireNoDuplicates(academy, booking);
      return detailOf(academy, booking);
    });
  },
  async call(world, args, step) {
    const approver = { name: "boss", email: addressOf("boss") };
    const detail = await world.doors.visitor.bookings.confirm.mutate({
      ...orderIn(world, args, step),
      approver: args.hasApprover ? approver : null,
    });
    return detailIn(detail);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

/** Writes down who books, and gives the time to pay. */
export const startPayment: Kind<OrderArgs> = {
  name: "startPayment",
  weight: 6,
  draw: drawOrder,
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    checkLearners(booking, args.learners);
    const request = { procedure: "startPayment", isStaff: false, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = runNamed(academy, booking.run);
      const { places } = booking;
      checkLimit(academy, run, { email: personIn(args.booker), places, besides: booking });
      const until = paymentDeadline(academy, booking);
      keepPlaces(academy, booking);
      writeOrder(booking, args, false);
      booking.status = "awaiting_payment";
      booking.expiresAt = until;
      booking.isExtended = true;
      nameLearners(booking, args.learners);
      requireNoDuplicates(academy, booking);
      // Nothing to pay: neither for what is free nor for what has no price.
      if ((totalOfBooking(booking) ?? 0) === 0) throw conflict("booking", "wrong_state");
      return detailOf(academy, booking);
    });
  },
  async call(world, args, step) {
    const detail = await world.doors.visitor.bookings.startPayment.mutate(
      orderIn(world, args, step),
    );
    return detailIn(detail);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

/** The hold is extended the first time; after that it stays as it is, until it is over. */
function paymentDeadline({ now }: Academy, booking: Booking): number {
  const expiresAt = booking.expiresAt ?? now;
  if (booking.isExtended && isHolding(booking) && !isOver(expiresAt, now)) return expiresAt;
  return Math.max(expiresAt, now) + PAYMENT_MINUTES;
}
