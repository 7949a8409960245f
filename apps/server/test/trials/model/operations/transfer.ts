import type { SignedMoney } from "@lectern/contract/registrations";
import type { Kind } from "../operation.ts";
import { type Who, decisionOf, requireBooking } from "../rules/access.ts";
import { runNamed } from "../rules/academy.ts";
import { bookability, canBeBooked } from "../rules/bookable.ts";
import { detailOf, leave, requireUnobstructed, whyNotTransferred } from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { move } from "../rules/moves.ts";
import { freeOf, settle } from "../rules/places.ts";
import { totalOf } from "../rules/prices.ts";
import { invalid, notFound } from "../rules/refusal.ts";
import {
  detailIn,
  drawBooking,
  drawPositions,
  drawRun,
  drawWho,
  idsAt,
  registrationsAt,
} from "./shared.ts";

interface TransferArgs {
  readonly booking: string;
  readonly who: Who;
  readonly positions: readonly number[];
  readonly to: string;
  readonly isInvited: boolean;
  readonly isWaived: boolean;
  readonly note: number;
}

/** Moves registrations to another run: places are taken there and given back here, at once. */
export const transfer: Kind<TransferArgs> = {
  name: "transfer",
  plain: { who: "key" },
  weight: 8,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, ({ status }) => status === "confirmed");
    const from = academy.bookings.get(booking ?? "")?.run;
    const to = drawRun(
      dice,
      academy,
      (run) =>
        run.name !== from &&
        canBeBooked(bookability(academy, run, true)) &&
        freeOf(academy, run) > 0,
    );
    if (booking === undefined || to === undefined) return undefined;
    const who = drawWho(dice);
    return {
      booking,
      who,
      positions: drawPositions(dice, academy, booking),
      to: dice.chance(1) ? "nobody" : to,
      isInvited: academy.runs.get(to)?.visibility === "private" && dice.chance(70),
      isWaived: dice.chance(who === "staff" ? 40 : 2),
      note: 0,
    };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const decision = decisionOf(args.who, args.isWaived);
    if (args.to === booking.run) throw invalid("toRunId");
    const isStaff = args.who === "staff";
    const request = { procedure: "transfer", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      if (args.to === "nobody") throw notFound("run", args.to);
      settle(academy, booking.run);
      const to = settle(academy, args.to);
      const rows = registrationsAt(booking, args.positions);
      requireUnobstructed(rows.map((row) => whyNotTransferred(academy, booking, row)));
      const isInvited = isStaff || args.isInvited;
      const name = `b${step.id}`;
      const costs = move(academy, booking, rows, { to, name, isInvited, decision });
      leave(academy, booking, rows);
      return {
        fee: totalOf(costs.map(({ fee }) => fee)),
        difference: totalOf(costs.map(({ difference }) => difference)),
        toPay: totalOf(costs.map(({ toPay }) => toPay)),
        refund: totalOf(costs.map(({ refund }) => refund)),
        from: detailOf(academy, booking),
        to: runNamed(academy, args.to).name,
      };
    });
  },
  async call(world, args, step) {
    const toRunId = world.names.idOf(args.to);
    const answer = await world.as(args.who).registrations.transfer.mutate({
      ...world.proofOf(args.booking, args.who),
      registrationIds: idsAt(world, args.booking, args.positions),
      toRunId,
      invitationKey: args.isInvited ? world.accessKeys.keyFor("invitation", toRunId) : null,
      reason: `reason ${args.note}`,
      waiveFee: args.isWaived,
      idempotencyKey: world.key(step.id),
    });
    world.names.addBooking(`b${step.id}`, answer.to);
    return {
      fee: amountIn(answer.fee),
      difference: amountIn(answer.difference),
      toPay: amountIn(answer.toPay),
      refund: amountIn(answer.refund),
      from: detailIn(answer.from),
      to: world.names.nameOf(answer.to.runId),
    };
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

function amountIn(money: SignedMoney | null): number | null {
  return money?.amount ?? null;
}
