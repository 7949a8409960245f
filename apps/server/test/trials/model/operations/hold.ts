import { BOOKING_PLACES_MAX } from "@lectern/contract/bookings";
import type { LecternClient } from "@lectern/client";
import type { Dice } from "../dice.ts";
import type { World } from "../engine/world.ts";
import type { Kind, Step } from "../operation.ts";
import { REGIONS } from "../plan.ts";
import { type Academy, type Run, nextSince, runNamed } from "../rules/academy.ts";
import {
  bookability,
  canBeBooked,
  checkLimit,
  hasRoom,
  requireBookable,
  soldOut,
  tooManyPlaces,
} from "../rules/bookable.ts";
import { addRegistrations, newBooking } from "../rules/bookings.ts";
import { codeFor } from "../rules/codes.ts";
import { type Request, answeredBefore, keep } from "../rules/keys.ts";
import { settle } from "../rules/places.ts";
import { quote, totalOf } from "../rules/prices.ts";
import { Refusal, notFound } from "../rules/refusal.ts";
import { addressOf, drawPerson, drawRun, personIn } from "./shared.ts";

/** How long places are set aside. */
const HOLD_MINUTES = 15;

/** Who asks for places: staff and whoever was invited may book private runs, too. */
type Asker = "visitor" | "invited" | "staff";

export interface HoldArgs {
  readonly run: string;
  readonly places: number;
  readonly asker: Asker;
  readonly region: string | null;
  readonly code: string | null;
  readonly email: string | null;
}

function drawHold(dice: Dice, academy: Academy): HoldArgs | undefined {
  const name = drawRun(dice, academy, (run) => canBeBooked(bookability(academy, run, true)));
  if (name === undefined) return undefined;
  const run = runNamed(academy, name);
  const needsInvitation = run.visibility === "private" && dice.chance(80);
  return {
    run: dice.chance(1) ? "nobody" : name,
    places: dice.chance(4)
      ? dice.between(1, BOOKING_PLACES_MAX)
      : dice.between(1, Math.min(run.placesPerBooker, 4)),
    asker: needsInvitation || dice.chance(10) ? dice.pick("invited", "staff") : "visitor",
    region: dice.pick(...REGIONS),
    code: dice.chance(25) ? dice.pick("TEN", "TEN", "OFF", "OFF", "ODD", "NONE") : null,
    email: dice.chance(25) ? drawPerson(dice) : null,
  };
}

export const hold: Kind<HoldArgs> = {
  name: "hold",
  plain: { asker: "visitor", region: null, code: null, email: null },
  weight: 14,
  draw: drawHold,
  rule(academy, args, step) {
    if (args.run === "nobody") throw notFound("run", args.run);
    const { code, email } = args;
    if (code !== null || email !== null) return holdOnTerms(academy, args, step);
    const request = requestOf(args, step);
    const before = answeredBefore(academy, request);
    if (before !== undefined) return before.answer;
    // Who fits takes no heed of what is past its time.
    const run = runNamed(academy, args.run);
    if (mayHold(academy, run, args)) return take(academy, request, args, `b${step.id}`);
    settle(academy, args.run);
    if (mayHold(academy, run, args)) return take(academy, request, args, `b${step.id}`);
    throw whyNot(academy, run, args);
  },
  // The engine may look after what is past its time, too: it does when a price has changed.
  orElse(academy, args, step) {
    if (academy.runs.has(args.run)) settle(academy, args.run);
    return hold.rule(academy, args, step);
  },
  async call(world, args, step) {
    const { client, input } = askFor(world, args, step);
    const held = await client.bookings.hold.mutate(input);
    world.names.addBooking(`b${step.id}`, held);
    return heldIn(held);
  },
  // More than may be asked for at all would be another story.
  other: (args) => ({ ...args, places: args.places === BOOKING_PLACES_MAX ? 1 : args.places + 1 }),
};

/** With a code, or of a booker who is known: what the booker has and what the code allows is counted first. */
function holdOnTerms(academy: Academy, args: HoldArgs, step: Step): unknown {
  const request = requestOf(args, step);
  const run = settle(academy, args.run);
  const before = answeredBefore(academy, request, { keepsSettled: true });
  if (before !== undefined) return before.answer;
  const { places } = args;
  const email = args.email === null ? null : personIn(args.email);
  if (email !== null) checkLimit(academy, run, { email, places });
  if (!mayHold(academy, run, args)) throw whyNot(academy, run, args);
  return take(academy, request, args, `b${step.id}`);
}

export function requestOf(args: HoldArgs, { id }: Step): Request {
  return {
    procedure: "bookings.hold",
    isStaff: args.asker === "staff",
    key: String(id),
    body: args,
  };
}

export function mayHold(academy: Academy, run: Run, { places, asker }: HoldArgs): boolean {
  const state = bookability(academy, run, asker !== "visitor");
  return canBeBooked(state) && places <= run.placesPerBooker && hasRoom(academy, run, places);
}

/** What was past its time stays freed, though whoever asked for places got none. */
export function whyNot(academy: Academy, run: Run, { places, asker }: HoldArgs): Refusal {
  try {
    requireBookable(academy, run, asker !== "visitor");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return new Refusal(error.code, error.data, { keepsSettled: true });
  }
  if (places <= run.placesPerBooker) return soldOut(academy, run, places, true);
  const { code, data } = tooManyPlaces(run, 0, places);
  return new Refusal(code, data, { keepsSettled: true });
}

export function take(academy: Academy, request: Request, args: HoldArgs, name: string): unknown {
  const { places, region, email } = args;
  const run = runNamed(academy, args.run);
  const { now } = academy;
  const code = args.code === null ? null : codeFor(academy, args.code, { run, region });
  const prices = quote(run.prices, { places, region, now, code });
  const booking = newBooking(academy, {
    name,
    run: run.name,
    status: "held",
    places,
    region,
    bookerEmail: email === null ? null : personIn(email),
    expiresAt: now + HOLD_MINUTES,
    code: code === null ? null : { name: code.name, isActive: true },
    since: nextSince(academy),
  });
  addRegistrations(booking, prices, "reserved");
  const answer = {
    places,
    unitPrice: prices[0]?.amount ?? null,
    total: totalOf(prices.map(({ amount }) => amount)),
  };
  keep(academy, request, answer);
  return answer;
}

export function askFor(world: World, args: HoldArgs, step: Step) {
  const runId = world.names.idOf(args.run);
  const client: LecternClient = world.as(args.asker === "staff" ? "staff" : "key");
  return {
    client,
    input: {
      runId,
      places: args.places,
      region: args.region,
      discountCode: args.code === null ? null : codeText(world, args.code),
      bookerEmail: args.email === null ? null : addressOf(args.email),
      invitationKey: args.asker === "invited" ? world.accessKeys.keyFor("invitation", runId) : null,
      idempotencyKey: world.key(step.id),
    },
  };
}

function codeText(world: World, name: string): string {
  return name === "NONE" ? name : world.names.idOf(name);
}

export function heldIn(held: {
  places: number;
  unitPrice: { amount: number } | null;
  total: { amount: number } | null;
}) {
  const { places, unitPrice, total } = held;
  return { places, unitPrice: unitPrice?.amount ?? null, total: total?.amount ?? null };
}
