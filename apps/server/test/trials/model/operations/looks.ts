import type { Kind } from "../operation.ts";
import { REGIONS } from "../plan.ts";
import { type Who, requireBooking } from "../rules/access.ts";
import { runNamed } from "../rules/academy.ts";
import { bookability } from "../rules/bookable.ts";
import { detailOf } from "../rules/bookings.ts";
import { codeFor } from "../rules/codes.ts";
import { placesLeft } from "../rules/places.ts";
import { quote } from "../rules/prices.ts";
import { notFound } from "../rules/refusal.ts";
import { detailIn, drawBooking, drawRun, drawWho } from "./shared.ts";
import { drawEntry, entryProofIn, requireEntry, standingIn, standingOf } from "./waitlist.ts";

/** What people see while nobody does anything: nothing changes by it. */

interface BookingArgs {
  readonly booking: string;
  readonly who: Who;
}

export const lookAtBooking: Kind<BookingArgs> = {
  name: "lookAtBooking",
  plain: { who: "key" },
  weight: 2,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, () => true);
    return booking === undefined ? undefined : { booking, who: drawWho(dice) };
  },
  rule: (academy, { booking, who }) => detailOf(academy, requireBooking(academy, booking, who)),
  async call(world, { booking, who }) {
    const proof = world.proofOf(booking, who);
    return detailIn(await world.as(who).bookings.byReference.query(proof));
  },
};

interface RunArgs {
  readonly run: string;
}

export const lookAtRun: Kind<RunArgs> = {
  name: "lookAtRun",
  weight: 2,
  draw(dice, academy) {
    const run = drawRun(dice, academy, () => true);
    return run === undefined ? undefined : { run };
  },
  rule(academy, { run: name }) {
    const run = runNamed(academy, name);
    if (run.status === "draft" || run.visibility === "private") throw notFound("run", name);
    return {
      placesLeft: placesLeft(academy, run),
      bookability: bookability(academy, run, false),
    };
  },
  async call(world, { run }) {
    const detail = await world.doors.visitor.runs.byId.query({ id: world.names.idOf(run) });
    return { placesLeft: detail.placesLeft, bookability: detail.bookability };
  },
};

interface EntryArgs {
  readonly entry: string;
  readonly who: Who;
}

export const lookAtEntry: Kind<EntryArgs> = {
  name: "lookAtEntry",
  plain: { who: "key" },
  weight: 2,
  draw: (dice, academy) => drawEntry(dice, academy, ["waiting", "offered"]),
  rule: (academy, args) => standingOf(academy, requireEntry(academy, args)),
  async call(world, args) {
    return standingIn(await world.as(args.who).waitlist.byKey.query(entryProofIn(world, args)));
  },
};

interface QuoteArgs {
  readonly run: string;
  readonly places: number;
  readonly region: string | null;
  readonly code: string | null;
}

/** What places would cost. */
export const askForPrice: Kind<QuoteArgs> = {
  name: "askForPrice",
  plain: { region: null, code: null },
  weight: 2,
  draw(dice, academy) {
    const run = drawRun(dice, academy, () => true);
    if (run === undefined) return undefined;
    return {
      run,
      places: dice.between(1, 5),
      region: dice.pick(...REGIONS),
      code: dice.pick(null, "TEN", "OFF", "ODD", "NONE"),
    };
  },
  rule(academy, args) {
    const run = runNamed(academy, args.run);
    const { places, region } = args;
    const { now } = academy;
    if (run.status === "draft" || run.visibility === "private") throw notFound("run", args.run);
    const code = args.code === null ? null : codeFor(academy, args.code, { run, region });
    return quote(run.prices, { places, region, now, code }).map(({ amount, steps }) => ({
      amount,
      steps,
    }));
  },
  async call(world, { run, places, region, code }) {
    const answer = await world.doors.visitor.prices.quote.query({
      runId: world.names.idOf(run),
      places,
      region,
      discountCode: code === null || code === "NONE" ? code : world.names.idOf(code),
    });
    return answer.places.map(({ price, explanation }) => ({
      amount: price?.amount ?? null,
      steps: explanation.map(({ kind, amount }) => ({ kind, amount })),
    }));
  },
};
