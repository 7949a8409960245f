import { closeWaitlists as closeAll } from "@lectern/api/features/waitlist/close-waitlists";
import { moveRunsOn as moveAllOn } from "@lectern/api/features/runs/advance-runs";
import { confirmAtMinimum } from "@lectern/api/features/runs/confirm-run";
import { settlePlaces } from "@lectern/api/features/bookings/places/settle-places";
import type { Dice } from "../dice.ts";
import { sessionPatternIn } from "../engine/session-pattern.ts";
import type { Kind } from "../operation.ts";
import { NOBODY } from "../rules/access.ts";
import {
  type Academy,
  MOVED_RUN_MINUTES,
  type Run,
  type RunStatus,
  bookingsOf,
  entriesOf,
  runNamed,
} from "../rules/academy.ts";
import { ask, askAfterMove } from "../rules/choices.ts";
import { once } from "../rules/keys.ts";
import {
  giveCodeBack,
  isHolding,
  isOpen,
  isOver,
  lastOfferAt,
  ledgerOf,
  seated,
  settle,
  waitingOf,
} from "../rules/places.ts";
import { conflict, notFound } from "../rules/refusal.ts";
import { drawRun } from "./shared.ts";

const BEFORE_IT_BEGINS: readonly RunStatus[] = ["draft", "tentative", "confirmed"];

interface ChangeArgs {
  readonly run: string;
  /** Whether somebody else has changed the run since it was read. */
  readonly isOutdated: boolean;
  readonly note: number;
}

function drawChange(
  dice: Dice,
  academy: Academy,
  makesSense: (run: Run) => boolean,
): ChangeArgs | undefined {
  const run = drawRun(dice, academy, makesSense);
  if (run === undefined) return undefined;
  return { run: dice.chance(1) ? NOBODY : run, isOutdated: dice.chance(4), note: 0 };
}

/** @throws Refusal NotFound, Conflict for a run that was changed since it was read */
export function requireVersion(
  academy: Academy,
  name: string,
  { isOutdated }: { readonly isOutdated: boolean },
  operation: number,
): Run {
  const run = name === NOBODY ? undefined : runNamed(academy, name);
  const version = academy.remembered.get(operation) ?? (run?.version ?? 1) + (isOutdated ? 1 : 0);
  academy.remembered.set(operation, version);
  if (run === undefined) throw notFound("run", name);
  if (run.version !== version) {
    throw conflict("run", "changed_meanwhile", `version ${run.version}`);
  }
  return run;
}

export const cancelRun: Kind<ChangeArgs> = {
  name: "cancelRun",
  weight: 1,
  draw: (dice, academy) => drawChange(dice, academy, isOpen),
  rule(academy, args, step) {
    const request = { procedure: "cancelRun", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = requireVersion(academy, args.run, args, step.id);
      if (!BEFORE_IT_BEGINS.includes(run.status)) {
        throw conflict("run", "wrong_state", run.status);
      }
      run.status = "cancelled";
      run.version += 1;
      // What was over before is not cancelled now.
      settle(academy, run.name);
      for (const entry of entriesOf(academy, run.name)) {
        if (entry.status === "waiting" || entry.status === "offered") entry.status = "closed";
      }
      for (const block of academy.blocks.values()) {
        if (block.run === run.name) block.isActive = false;
      }
      for (const booking of bookingsOf(academy, run.name)) {
        const isConfirmed = booking.status === "confirmed";
        if (!isConfirmed && !isHolding(booking)) continue;
        for (const registration of seated(booking)) {
          registration.status = "cancelled";
          if (isConfirmed) ask(registration, "run_cancelled");
        }
        booking.status = "cancelled";
        giveCodeBack(booking);
      }
      return { status: run.status, version: run.version };
    });
  },
  async call(world, args, step) {
    const { status, version } = await world.doors.staff.runs.cancel.mutate({
      id: world.names.idOf(args.run),
      version: world.remembered(step.id),
      reason: `reason ${args.note}`,
      idempotencyKey: world.key(step.id),
    });
    return { status, version };
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

export const confirmRun: Kind<ChangeArgs> = {
  name: "confirmRun",
  weight: 1,
  draw: (dice, academy) => drawChange(dice, academy, ({ status }) => status === "tentative"),
  rule(academy, args, step) {
    const request = { procedure: "confirmRun", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = requireVersion(academy, args.run, args, step.id);
      if (run.status !== "tentative") throw conflict("run", "wrong_state", run.status);
      run.status = "confirmed";
      run.version += 1;
      return { status: run.status, version: run.version };
    });
  },
  async call(world, args, step) {
    const { status, version } = await world.doors.staff.runs.confirm.mutate({
      id: world.names.idOf(args.run),
      version: world.remembered(step.id),
      idempotencyKey: world.key(step.id),
    });
    return { status, version };
  },
};

interface RescheduleArgs extends ChangeArgs {
  /** From now until the new start. */
  readonly hours: number;
}

/** Moves a run to other times; its people are asked whether those will do. */
export const reschedule: Kind<RescheduleArgs> = {
  name: "reschedule",
  weight: 2,
  draw(dice, academy) {
    const change = drawChange(dice, academy, isOpen);
    return change && { ...change, hours: dice.pick(1, 5, 24, 72, 30 * 24) };
  },
  rule(academy, args, step) {
    const { hours } = args;
    const request = { procedure: "reschedule", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = requireVersion(academy, args.run, args, step.id);
      if (!BEFORE_IT_BEGINS.includes(run.status)) {
        throw conflict("run", "wrong_state", run.status);
      }
      moveTo(run, academy.now + hours * 60);
      run.version += 1;
      shortenHolds(academy, run);
      settle(academy, run.name);
      askAfterMove(academy, run.name);
      return { status: run.status, version: run.version };
    });
  },
  async call(world, args, step) {
    const { status, version } = await world.doors.staff.runs.reschedule.mutate({
      id: world.names.idOf(args.run),
      version: world.remembered(step.id),
      ...sessionPatternIn(world, args.hours * 60),
      reason: `reason ${args.note}`,
      idempotencyKey: world.key(step.id),
    });
    return { status, version };
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

/** What would lie after the new start is pulled back to it; booking that would open only then opens at once. */
function moveTo(run: Run, startsAt: number): void {
  run.startsAt = startsAt;
  run.endsAt = startsAt + MOVED_RUN_MINUTES;
  if (run.closesAt !== null) run.closesAt = Math.min(run.closesAt, startsAt);
  if (run.opensAt !== null && run.opensAt >= (run.closesAt ?? startsAt)) run.opensAt = null;
}

/** What is set aside ends before the run begins. */
function shortenHolds(academy: Academy, run: Run): void {
  const limit = Math.min(run.closesAt ?? Infinity, run.startsAt);
  for (const { owner, kind, until } of ledgerOf(academy, run.name)) {
    const booking = kind === "hold" ? academy.bookings.get(owner) : undefined;
    if (booking !== undefined) booking.expiresAt = Math.min(booking.expiresAt ?? limit, limit);
    const entry = kind === "offer" ? academy.entries.get(owner) : undefined;
    if (entry !== undefined) entry.offerExpiresAt = Math.min(until ?? Infinity, lastOfferAt(run));
  }
}

interface RunArgs {
  readonly run: string;
}

/** The worker frees what is past its time. */
export const settleRun: Kind<RunArgs> = {
  name: "settle",
  weight: 5,
  draw(dice, academy) {
    const run = drawRun(dice, academy, ({ name }) =>
      ledgerOf(academy, name).some(({ until }) => isOver(until, academy.now)),
    );
    return run === undefined ? undefined : { run };
  },
  rule(academy, { run }) {
    settle(academy, run);
    return null;
  },
  async call({ db, doors, names }, { run }) {
    await settlePlaces(db, doors.worker, names.idOf(run));
    return null;
  },
};

/** The worker looks whether a tentative run has got its minimum. */
export const considerRun: Kind<RunArgs> = {
  name: "considerRun",
  weight: 2,
  draw(dice, academy) {
    const run = drawRun(dice, academy, ({ status }) => status === "tentative");
    return run === undefined ? undefined : { run };
  },
  rule(academy, { run: name }) {
    const run = runNamed(academy, name);
    const booked = ledgerOf(academy, name)
      .filter(({ kind }) => kind === "booking")
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const hasBegun = isOver(run.startsAt, academy.now);
    if (run.status !== "tentative" || run.minPlaces === 0 || hasBegun || booked < run.minPlaces) {
      return false;
    }
    run.status = "confirmed";
    run.version += 1;
    return true;
  },
  call: ({ db, doors, names }, { run }) => confirmAtMinimum(db, doors.worker, names.idOf(run)),
};

/** The worker moves runs on by the clock. */
export const moveRunsOn: Kind<object> = {
  name: "moveRunsOn",
  weight: 1,
  draw: () => ({}),
  rule(academy) {
    for (const run of academy.runs.values()) {
      if (run.status === "confirmed" && isOver(run.startsAt, academy.now)) {
        run.status = "in_progress";
        run.version += 1;
      }
      if (run.status === "in_progress" && isOver(run.endsAt, academy.now)) {
        run.status = "completed";
        run.version += 1;
      }
    }
    return null;
  },
  async call({ db, doors }) {
    await moveAllOn(db, doors.worker);
    return null;
  },
};

/** The worker closes queues in which nothing can be offered any more. */
export const closeWaitlists: Kind<object> = {
  name: "closeWaitlists",
  weight: 1,
  draw: () => ({}),
  rule(academy) {
    for (const run of academy.runs.values()) {
      const canOffer = isOpen(run) && lastOfferAt(run) > academy.now;
      if (canOffer || waitingOf(academy, run.name).length === 0) continue;
      settle(academy, run.name);
      for (const entry of waitingOf(academy, run.name)) entry.status = "closed";
    }
    return null;
  },
  async call({ db, doors }) {
    await closeAll(db, doors.worker);
    return null;
  },
};
