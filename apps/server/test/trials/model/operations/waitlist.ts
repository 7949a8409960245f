import type { Dice } from "../dice.ts";
import type { World } from "../engine/world.ts";
import type { Kind } from "../operation.ts";
import { REGIONS } from "../plan.ts";
import { NOBODY, type Who } from "../rules/access.ts";
import {
  type Academy,
  type Entry,
  type EntryStatus,
  entriesOf,
  entryNamed,
} from "../rules/academy.ts";
import { bookability, canBeBooked, checkLimit, requireBookable } from "../rules/bookable.ts";
import { addRegistrations, newBooking, requireNoDuplicates } from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { freeOf, isOver, lastOfferAt, serveQueue, settle, waitingOf } from "../rules/places.ts";
import { quote, totalOf } from "../rules/prices.ts";
import { Refusal, conflict, invalid, notFound } from "../rules/refusal.ts";
import { addressOf, drawPerson, drawRun, drawWho, personIn } from "./shared.ts";

interface JoinArgs {
  readonly run: string;
  readonly who: "visitor" | "invited" | "staff";
  readonly quantity: number;
  readonly takesFewer: boolean;
  readonly person: string;
  readonly note: number;
}

/** Gets in line. */
export const join: Kind<JoinArgs> = {
  name: "join",
  plain: { who: "visitor" },
  weight: 10,
  draw(dice, academy) {
    const run = drawRun(dice, academy, (one) => {
      const isBookable = canBeBooked(bookability(academy, one, true));
      return isBookable && lastOfferAt(one) > academy.now && freeOf(academy, one) < 3;
    });
    if (run === undefined) return undefined;
    const isPrivate = academy.runs.get(run)?.visibility === "private";
    return {
      run: dice.chance(1) ? NOBODY : run,
      who: isPrivate && dice.chance(80) ? dice.pick("invited", "staff") : "visitor",
      quantity: dice.chance(4) ? dice.between(1, 20) : dice.between(1, 4),
      takesFewer: dice.chance(40),
      person: drawPerson(dice),
      note: 0,
    };
  },
  rule(academy, args, step) {
    const isStaff = args.who === "staff";
    const request = { procedure: "join", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      if (args.run === NOBODY) throw notFound("run", NOBODY);
      const { quantity } = args;
      const email = personIn(args.person);
      const run = settle(academy, args.run);
      requireBookable(academy, run, args.who !== "visitor");
      if (isOver(lastOfferAt(run), academy.now)) {
        throw new Refusal("NotBookable", { runId: run.name, reason: "closed" });
      }
      const free = freeOf(academy, run);
      if (waitingOf(academy, run.name).length === 0 && free >= quantity) {
        throw conflict("run", "places_free", String(free));
      }
      checkLimit(academy, run, { email, places: quantity });
      if (entriesOf(academy, run.name).some((other) => isInLine(other) && other.email === email)) {
        throw conflict("waitlist_entry", "already_exists", "email");
      }
      const entry: Entry = {
        name: `w${step.id}`,
        run: run.name,
        email,
        quantity,
        takesFewer: args.takesFewer,
        status: "waiting",
        offered: null,
        offerExpiresAt: null,
        booking: null,
        skips: [],
        since: 0,
      };
      academy.entries.set(entry.name, entry);
      serveQueue(academy, run);
      return standingOf(academy, entry);
    });
  },
  async call(world, args, step) {
    const runId = world.names.idOf(args.run);
    const joined = await world.as(args.who === "staff" ? "staff" : "key").waitlist.join.mutate({
      runId,
      quantity: args.quantity,
      takesFewer: args.takesFewer,
      name: args.person,
      email: addressOf(args.person),
      company: `company ${args.note}`,
      invitationKey: args.who === "invited" ? world.accessKeys.keyFor("invitation", runId) : null,
      idempotencyKey: world.key(step.id),
    });
    world.names.add(`w${step.id}`, joined.entryId);
    return standingIn(joined);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

function isInLine({ status }: Entry): boolean {
  return status === "waiting" || status === "offered";
}

/** @returns where a party stands, as it is told */
export function standingOf(academy: Academy, entry: Entry) {
  const isWaiting = entry.status === "waiting";
  const hasLapsed = entry.status === "offered" && isOver(entry.offerExpiresAt, academy.now);
  const isOffered = entry.status === "offered" && !hasLapsed;
  return {
    status: hasLapsed ? "lapsed" : entry.status,
    position: isWaiting ? waitingOf(academy, entry.run).indexOf(entry) + 1 : null,
    offered: isOffered ? entry.offered : null,
  };
}

export function standingIn(standing: {
  status: string;
  position: number | null;
  offer: { quantity: number } | null;
}) {
  const { status, position, offer } = standing;
  return { status, position, offered: offer?.quantity ?? null };
}

interface EntryArgs {
  readonly entry: string;
  readonly who: Who;
}

export function drawEntry(
  dice: Dice,
  academy: Academy,
  statuses: readonly EntryStatus[],
): EntryArgs | undefined {
  const entries = [...academy.entries.values()];
  const entry = dice.preferably(entries, ({ status }) => statuses.includes(status));
  if (entry === undefined) return undefined;
  return { entry: dice.chance(1) ? NOBODY : entry.name, who: drawWho(dice) };
}

/** @throws Refusal NotFound */
export function requireEntry(academy: Academy, { entry: name, who }: EntryArgs): Entry {
  if (name === NOBODY) throw notFound("waitlist_entry", NOBODY);
  const entry = entryNamed(academy, name);
  if (who === "wrong_key") throw notFound("waitlist_entry", name);
  return entry;
}

/** What an entry's state does not allow. That its offer has lapsed stays so, whatever was asked. */
function inWrongState(status: EntryStatus): Refusal {
  const { code, data } = conflict("waitlist_entry", "wrong_state", status);
  return new Refusal(code, data, { keepsSettled: status === "lapsed" });
}

export function entryProofIn(world: World, { entry, who }: EntryArgs) {
  const entryId = world.names.idOf(entry);
  const keys = {
    key: world.accessKeys.keyFor("waitlist", entryId),
    wrong_key: world.accessKeys.keyFor("booking", entryId),
    staff: null,
  };
  return { entryId, accessKey: keys[who] };
}

interface AcceptArgs extends EntryArgs {
  /** `null`: all that are offered. */
  readonly places: number | null;
  readonly region: string | null;
}

/** Takes what is offered, or a part: the rest goes to the next in line. */
export const accept: Kind<AcceptArgs> = {
  name: "accept",
  plain: { who: "key", places: null, region: null },
  weight: 7,
  draw(dice, academy) {
    const entry = drawEntry(dice, academy, ["offered"]);
    if (entry === undefined) return undefined;
    const offered = academy.entries.get(entry.entry)?.offered ?? 1;
    const places = dice.chance(3) ? offered + 1 : dice.between(1, offered);
    return {
      ...entry,
      places: dice.chance(60) ? null : places,
      region: dice.pick(...REGIONS),
    };
  },
  rule(academy, args, step) {
    const entry = requireEntry(academy, args);
    const isStaff = args.who === "staff";
    const request = { procedure: "accept", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = settle(academy, entry.run);
      const { offered, email } = entry;
      if (entry.status !== "offered" || offered === null) throw inWrongState(entry.status);
      const places = args.places ?? offered;
      if (places > offered) throw invalid("places");
      entry.status = "accepted";
      checkLimit(academy, run, { email, places });
      const { region } = args;
      const prices = quote(run.prices, { places, region, now: academy.now, code: null });
      const booking = newBooking(academy, {
        name: `b${step.id}`,
        run: run.name,
        status: "confirmed",
        places,
        region,
        bookerEmail: email,
        since: entry.since,
      });
      addRegistrations(booking, prices, "confirmed");
      nameOnly(academy, booking, entry);
      entry.booking = booking.name;
      if (places < offered) serveQueue(academy, run);
      return { places, total: totalOf(prices.map(({ amount }) => amount)) };
    });
  },
  async call(world, args, step) {
    const accepted = await world.as(args.who).waitlist.accept.mutate({
      ...entryProofIn(world, args),
      places: args.places,
      region: args.region,
      idempotencyKey: world.key(step.id),
    });
    world.names.addBooking(`b${step.id}`, accepted);
    return { places: accepted.places, total: accepted.total?.amount ?? null };
  },
  other: (args) => ({ ...args, places: (args.places ?? 0) + 1 }),
};

/** A party of one is the learner, unless that person has a place of the run already. */
function nameOnly(
  academy: Academy,
  booking: ReturnType<typeof newBooking>,
  { quantity, email }: Entry,
): void {
  const [only] = booking.registrations;
  if (quantity !== 1 || only === undefined) return;
  only.learner = email;
  try {
    requireNoDuplicates(academy, booking);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    only.learner = null;
  }
}

function ending(
  name: "decline" | "withdraw",
  weight: number,
  from: readonly EntryStatus[],
  to: "declined" | "withdrawn",
): Kind<EntryArgs> {
  return {
    name,
    plain: { who: "key" },
    weight,
    draw: (dice, academy) => drawEntry(dice, academy, from),
    rule(academy, args, step) {
      const entry = requireEntry(academy, args);
      const isStaff = args.who === "staff";
      const request = { procedure: name, isStaff, key: String(step.id), body: args };
      return once(academy, request, () => {
        const run = settle(academy, entry.run);
        if (!from.includes(entry.status)) throw inWrongState(entry.status);
        const hadPlaces = entry.status === "offered";
        entry.status = to;
        if (hadPlaces) serveQueue(academy, run);
        return { status: to };
      });
    },
    async call(world, args, step) {
      const ended = await world.as(args.who).waitlist[name].mutate({
        ...entryProofIn(world, args),
        idempotencyKey: world.key(step.id),
      });
      return { status: ended.status };
    },
  };
}

export const decline = ending("decline", 3, ["offered"], "declined");
export const withdraw = ending("withdraw", 2, ["waiting", "offered"], "withdrawn");
