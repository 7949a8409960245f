import type { Kind } from "../operation.ts";
import { type Who, decisionOf, requireBooking } from "../rules/access.ts";
import { cancelPlaces, detailOf, requireUnobstructed, whyNotCancelled } from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { seated, settle } from "../rules/places.ts";
import { conflict, notFound } from "../rules/refusal.ts";
import { detailIn, drawBooking, drawPositions, drawWho, idsAt, registrationsAt } from "./shared.ts";

interface CancelArgs {
  readonly booking: string;
  readonly who: Who;
  readonly isWaived: boolean;
  readonly note: number;
}

/** Gives a whole booking up. */
export const cancelBooking: Kind<CancelArgs> = {
  name: "cancelBooking",
  plain: { who: "key" },
  weight: 5,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, (one) => seated(one).length > 0);
    if (booking === undefined) return undefined;
    const who = drawWho(dice);
    return { booking, who, isWaived: dice.chance(who === "staff" ? 40 : 2), note: 0 };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const decision = decisionOf(args.who, args.isWaived);
    const isStaff = args.who === "staff";
    const request = { procedure: "cancel", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      settle(academy, booking.run);
      const rows = booking.registrations.filter(
        ({ status }) => status !== "cancelled" && status !== "transferred",
      );
      const { status } = booking;
      if (status === "cancelled" || status === "expired" || rows.length === 0) {
        throw conflict("booking", "wrong_state", status);
      }
      requireUnobstructed(rows.map((row) => whyNotCancelled(academy, booking, row)));
      cancelPlaces(academy, booking, rows, decision);
      return detailOf(academy, booking);
    });
  },
  async call(world, args, step) {
    const detail = await world.as(args.who).bookings.cancel.mutate({
      ...world.proofOf(args.booking, args.who),
      reason: `reason ${args.note}`,
      waiveFee: args.isWaived,
      idempotencyKey: world.key(step.id),
    });
    return detailIn(detail);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

interface CancelSomeArgs extends CancelArgs {
  readonly positions: readonly number[];
  /** Whether one is among them that is of no booking. */
  readonly withAnother: boolean;
}

/** Gives some places of a booking up. */
export const cancelRegistrations: Kind<CancelSomeArgs> = {
  name: "cancelRegistrations",
  plain: { who: "key" },
  weight: 5,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, (one) => seated(one).length > 1);
    if (booking === undefined) return undefined;
    const who = drawWho(dice);
    return {
      booking,
      who,
      positions: drawPositions(dice, academy, booking),
      withAnother: dice.chance(2),
      isWaived: dice.chance(who === "staff" ? 40 : 2),
      note: 0,
    };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const decision = decisionOf(args.who, args.isWaived);
    const isStaff = args.who === "staff";
    const request = { procedure: "cancelSome", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      settle(academy, booking.run);
      if (args.withAnother) throw notFound("registration", "nobody");
      const rows = registrationsAt(booking, args.positions);
      requireUnobstructed(rows.map((row) => whyNotCancelled(academy, booking, row)));
      cancelPlaces(academy, booking, rows, decision);
      return detailOf(academy, booking);
    });
  },
  async call(world, args, step) {
    const ids = idsAt(world, args.booking, args.positions);
    const detail = await world.as(args.who).registrations.cancel.mutate({
      ...world.proofOf(args.booking, args.who),
      registrationIds: args.withAnother ? [...ids, world.names.idOf("nobody")] : ids,
      reason: `reason ${args.note}`,
      waiveFee: args.isWaived,
      idempotencyKey: world.key(step.id),
    });
    return detailIn(detail);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};
