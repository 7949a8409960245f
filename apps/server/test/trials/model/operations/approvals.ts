import type { Dice } from "../dice.ts";
import type { World } from "../engine/world.ts";
import type { Kind, Step } from "../operation.ts";
import { type Who, requireBooking } from "../rules/access.ts";
import type { Academy, Booking } from "../rules/academy.ts";
import { confirm, keepPlaces, requireNoDuplicates } from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { giveCodeBack, seated, serveQueue, settle } from "../rules/places.ts";
import { totalOfBooking } from "../rules/prices.ts";
import { conflict, notFound } from "../rules/refusal.ts";
import { drawBooking, drawWho } from "./shared.ts";

interface ApprovalArgs {
  readonly booking: string;
  readonly who: Who;
  readonly note: number;
}

function drawApproval(dice: Dice, academy: Academy): ApprovalArgs | undefined {
  const booking = drawBooking(
    dice,
    academy,
    ({ status, hasApprover }) => hasApprover && (status === "awaiting_approval" || dice.chance(10)),
  );
  return booking === undefined ? undefined : { booking, who: drawWho(dice), note: 0 };
}

/** @throws Refusal NotFound, for a booking that nobody has to approve as well */
function requireApproval(academy: Academy, { booking: name, who }: ApprovalArgs): Booking {
  const booking = requireBooking(academy, name, who);
  if (!booking.hasApprover) throw notFound("booking", name);
  return booking;
}

function answerOf(booking: Booking) {
  return {
    status: booking.status,
    places: booking.places,
    total: totalOfBooking(booking),
  };
}

function proofIn(world: World, { booking, who }: ApprovalArgs, step: Step) {
  const { reference } = world.names.proofOf(booking);
  const id = world.names.idOf(booking === "nobody" ? booking : `${booking} itself`);
  const keys = {
    key: world.accessKeys.keyFor("approval", id),
    wrong_key: world.accessKeys.keyFor("booking", id),
    staff: null,
  };
  return { reference, approvalKey: keys[who], idempotencyKey: world.key(step.id) };
}

function answerIn(answer: { status: string; places: number; total: { amount: number } | null }) {
  return {
    status: answer.status,
    places: answer.places,
    total: answer.total?.amount ?? null,
  };
}

export const approve: Kind<ApprovalArgs> = {
  name: "approve",
  plain: { who: "key" },
  weight: 5,
  draw: drawApproval,
  rule(academy, args, step) {
    const booking = requireApproval(academy, args);
    const isStaff = args.who === "staff";
    const request = { procedure: "approve", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      keepPlaces(academy, booking);
      confirm(booking);
      requireNoDuplicates(academy, booking);
      return answerOf(booking);
    });
  },
  async call(world, args, step) {
    const proof = proofIn(world, args, step);
    const purchaseOrder = `PO ${args.note}`;
    return answerIn(await world.as(args.who).bookings.approve.mutate({ ...proof, purchaseOrder }));
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

export const refuse: Kind<ApprovalArgs> = {
  name: "refuse",
  plain: { who: "key" },
  weight: 2,
  draw: drawApproval,
  rule(academy, args, step) {
    const booking = requireApproval(academy, args);
    const isStaff = args.who === "staff";
    const request = { procedure: "refuse", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = settle(academy, booking.run);
      if (booking.status !== "awaiting_approval") throw conflict("booking", "wrong_state");
      for (const registration of seated(booking)) registration.status = "cancelled";
      booking.status = "cancelled";
      giveCodeBack(booking);
      serveQueue(academy, run);
      return answerOf(booking);
    });
  },
  async call(world, args, step) {
    const proof = proofIn(world, args, step);
    const reason = `reason ${args.note}`;
    return answerIn(await world.as(args.who).bookings.refuse.mutate({ ...proof, reason }));
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};
