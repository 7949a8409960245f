import type { Kind } from "../operation.ts";
import { type Who, requireBooking } from "../rules/access.ts";
import { type Academy, type Booking, NothingThere, type Registration } from "../rules/academy.ts";
import {
  detailOf,
  requireNoDuplicates,
  requireUnobstructed,
  whyNotNamed,
  whyNotTransferred,
} from "../rules/bookings.ts";
import { once } from "../rules/keys.ts";
import { conflict, notFound } from "../rules/refusal.ts";
import {
  addressOf,
  detailIn,
  drawBooking,
  drawPerson,
  drawPositions,
  drawWho,
  idsAt,
  personIn,
  registrationsAt,
} from "./shared.ts";

interface SubstituteArgs {
  readonly booking: string;
  readonly who: Who;
  readonly position: number;
  readonly learner: string;
}

/** Gives a place to another learner: the seat stays as it is. */
export const substitute: Kind<SubstituteArgs> = {
  name: "substitute",
  plain: { who: "key" },
  weight: 4,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, ({ status }) => status === "confirmed");
    if (booking === undefined) return undefined;
    const [position = 1] = drawPositions(dice, academy, booking);
    return { booking, who: drawWho(dice), position, learner: drawPerson(dice) };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const isStaff = args.who === "staff";
    const request = { procedure: "substitute", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      const registration = theOneAt(booking, args.position);
      requireUnobstructed([whyNotNamed(academy, booking, registration, isStaff)]);
      const before = registration.learner;
      registration.learner = personIn(args.learner);
      requireNoDuplicates(academy, booking);
      // The same person, spelled rightly, keeps what was claimed.
      if (before !== registration.learner) {
        registration.claimVersion += 1;
        registration.isClaimed = false;
        if (before !== null) writeSubstitution(registration, isStaff);
      }
      return detailOf(academy, booking);
    });
  },
  async call(world, args, step) {
    const [registrationId = ""] = idsAt(world, args.booking, [args.position]);
    const detail = await world.as(args.who).registrations.substitute.mutate({
      ...world.proofOf(args.booking, args.who),
      registrationId,
      learner: { name: args.learner, email: addressOf(args.learner) },
      idempotencyKey: world.key(step.id),
    });
    return detailIn(detail);
  },
  other: (args) => ({ ...args, learner: `${args.learner}-jr` }),
};

function theOneAt(booking: Booking, position: number): Registration {
  const [registration] = registrationsAt(booking, [position]);
  if (registration === undefined) throw new NothingThere(`${booking.name}.${position}`);
  return registration;
}

function writeSubstitution(registration: Registration, isStaff: boolean): void {
  registration.changes.push({
    kind: "substitution",
    decidedBy: isStaff ? "staff" : "booker",
    fee: null,
    refund: null,
    difference: null,
  });
}

interface LinkArgs {
  readonly booking: string;
  readonly who: Who;
  readonly position: number;
  readonly isRenewed: boolean;
}

/** What lets somebody claim an unnamed place. Renewing it makes those given so far worthless. */
export const claimLink: Kind<LinkArgs> = {
  name: "claimLink",
  plain: { who: "key" },
  weight: 2,
  draw(dice, academy) {
    const booking = drawBooking(dice, academy, ({ status }) => status === "confirmed");
    if (booking === undefined) return undefined;
    const [position = 1] = drawPositions(dice, academy, booking);
    return { booking, who: drawWho(dice), position, isRenewed: dice.chance(60) };
  },
  rule(academy, args, step) {
    const booking = requireBooking(academy, args.booking, args.who);
    const isStaff = args.who === "staff";
    const request = { procedure: "claimLink", isStaff, key: String(step.id), body: args };
    return once(academy, request, () => {
      const registration = theOneAt(booking, args.position);
      requireUnobstructed([whyNotTransferred(academy, booking, registration)]);
      if (registration.learner !== null) throw conflict("registration", "wrong_state", "named");
      if (args.isRenewed) registration.claimVersion += 1;
      return { registration: registration.name, version: registration.claimVersion };
    });
  },
  async call(world, args, step) {
    const [registrationId = ""] = idsAt(world, args.booking, [args.position]);
    const link = await world.as(args.who).registrations.claimLink.mutate({
      ...world.proofOf(args.booking, args.who),
      registrationId,
      renew: args.isRenewed,
      idempotencyKey: world.key(step.id),
    });
    return {
      registration: world.names.nameOf(link.registrationId),
      version: link.claimVersion,
    };
  },
  other: (args) => ({ ...args, isRenewed: !args.isRenewed }),
};

interface ClaimArgs {
  readonly registration: string;
  /** Whether the link was renewed since it was given. */
  readonly isOutdated: boolean;
  readonly hasWrongKey: boolean;
  readonly learner: string;
}

/** Somebody with a claim link takes a place: wherever its registration was transferred to. */
export const claim: Kind<ClaimArgs> = {
  name: "claim",
  weight: 4,
  draw(dice, academy) {
    const confirmed = [...academy.bookings.values()].filter(({ wasConfirmed }) => wasConfirmed);
    const registration = dice.preferably(
      confirmed.flatMap(({ registrations }) => registrations),
      ({ status, learner }) => status === "confirmed" && learner === null,
    );
    if (registration === undefined) return undefined;
    return {
      registration: registration.name,
      isOutdated: dice.chance(10),
      hasWrongKey: dice.chance(3),
      learner: drawPerson(dice),
    };
  },
  rule(academy, args, step) {
    const { booking, registration } = lastOfLine(academy, args.registration);
    const { claimVersion } = registration;
    const version = academy.remembered.get(step.id) ?? claimVersion + (args.isOutdated ? -1 : 0);
    academy.remembered.set(step.id, version);
    if (version === 0) throw new NothingThere(args.registration);
    if (args.hasWrongKey || version !== claimVersion) {
      throw notFound("registration", args.registration);
    }
    const request = { procedure: "claim", isStaff: false, key: String(step.id), body: args };
    return once(academy, request, () => {
      requireUnobstructed([whyNotTransferred(academy, booking, registration)]);
      if (registration.learner !== null) {
        throw conflict("registration", "already_exists", "learner");
      }
      registration.learner = personIn(args.learner);
      registration.isClaimed = true;
      requireNoDuplicates(academy, booking);
      return { registration: registration.name, learner: registration.learner };
    });
  },
  async call(world, args, step) {
    const registrationId = world.names.idOf(args.registration);
    const claimVersion = world.remembered(step.id);
    const subject = args.hasWrongKey ? "booking" : "claim";
    const place = await world.doors.visitor.registrations.claim.mutate({
      registrationId,
      claimVersion,
      claimKey: world.accessKeys.keyFor(subject, `${registrationId}:${claimVersion}`),
      learner: { name: args.learner, email: addressOf(args.learner) },
      acceptsTerms: true,
      idempotencyKey: world.key(step.id),
    });
    const { name } = place.learner;
    return { registration: world.names.nameOf(place.registrationId), learner: personIn(name) };
  },
  other: (args) => ({ ...args, learner: `${args.learner}-jr` }),
};

function lastOfLine(
  academy: Academy,
  name: string,
): { booking: Booking; registration: Registration } {
  for (const booking of academy.bookings.values()) {
    const registration = booking.registrations.find((one) => one.name === name);
    if (registration === undefined) continue;
    const { successor } = registration;
    return successor === null ? { booking, registration } : lastOfLine(academy, successor);
  }
  throw new NothingThere(name);
}
