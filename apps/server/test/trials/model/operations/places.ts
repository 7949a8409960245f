import type { RunBlockChanged, RunCapacity } from "@lectern/contract/runs";
import type { z } from "zod";
import type { Kind } from "../operation.ts";
import { NOBODY } from "../rules/access.ts";
import { type Academy, type Run, blockNamed, nextSince } from "../rules/academy.ts";
import { hasRoom, tooFew } from "../rules/bookable.ts";
import { once } from "../rules/keys.ts";
import { freeOf, ledgerOf, serveQueue, settle, takenOf } from "../rules/places.ts";
import { Refusal, conflict, notFound } from "../rules/refusal.ts";
import { drawRun } from "./shared.ts";

/** @returns the places of a run, as staff are told */
function placesOf(academy: Academy, run: Run) {
  const taken = takenOf(academy, run);
  return { capacity: run.capacity, taken, placesLeft: run.capacity - taken };
}

function placesIn({ capacity, taken, placesLeft }: RunCapacity | z.infer<typeof RunBlockChanged>) {
  return { capacity, taken, placesLeft };
}

interface CapacityArgs {
  readonly run: string;
  readonly capacity: number;
  readonly note: number;
}

export const changeCapacity: Kind<CapacityArgs> = {
  name: "changeCapacity",
  weight: 5,
  draw(dice, academy) {
    const run = drawRun(dice, academy, ({ status }) => status !== "cancelled");
    if (run === undefined) return undefined;
    return { run: dice.chance(1) ? NOBODY : run, capacity: dice.between(0, 8), note: 0 };
  },
  rule(academy, args, step) {
    const request = { procedure: "capacity", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      if (args.run === NOBODY) throw notFound("run", NOBODY);
      const run = settle(academy, args.run);
      const taken = takenOf(academy, run);
      const { capacity: requested } = args;
      if (requested < taken) {
        const mustMove = newest(academy, run, taken - requested);
        throw new Refusal("CapacityBelowTaken", { runId: run.name, taken, requested, mustMove });
      }
      run.capacity = requested;
      serveQueue(academy, run);
      return placesOf(academy, run);
    });
  },
  async call(world, args, step) {
    const changed = await world.doors.staff.runs.changeCapacity.mutate({
      id: world.names.idOf(args.run),
      capacity: args.capacity,
      reason: `reason ${args.note}`,
      idempotencyKey: world.key(step.id),
    });
    return placesIn(changed);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

/** @returns who got places last, until they are enough */
function newest(academy: Academy, run: Run, excess: number) {
  const mustMove = [];
  let left = excess;
  const ledger = ledgerOf(academy, run.name).toSorted((a, b) => b.since - a.since);
  for (const { owner, kind, quantity } of ledger) {
    if (left <= 0) break;
    mustMove.push({ owner, kind, quantity });
    left -= quantity;
  }
  return mustMove;
}

interface BlockArgs {
  readonly run: string;
  readonly quantity: number;
  readonly note: number;
}

/** Staff keep places back. */
export const block: Kind<BlockArgs> = {
  name: "block",
  weight: 3,
  draw(dice, academy) {
    const run = drawRun(dice, academy, (one) => freeOf(academy, one) > 0);
    if (run === undefined) return undefined;
    return { run: dice.chance(1) ? NOBODY : run, quantity: dice.between(1, 3), note: 0 };
  },
  rule(academy, args, step) {
    const request = { procedure: "block", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      if (args.run === NOBODY) throw notFound("run", NOBODY);
      const run = settle(academy, args.run);
      const { quantity } = args;
      if (run.status === "cancelled") throw conflict("run", "wrong_state", "cancelled");
      if (!hasRoom(academy, run, quantity)) throw tooFew(academy, run, quantity);
      const name = `k${step.id}`;
      const since = nextSince(academy);
      academy.blocks.set(name, { name, run: run.name, quantity, isActive: true, since });
      return placesOf(academy, run);
    });
  },
  async call(world, args, step) {
    const blocked = await world.doors.staff.runs.blockPlaces.mutate({
      id: world.names.idOf(args.run),
      quantity: args.quantity,
      reason: `reason ${args.note}`,
      idempotencyKey: world.key(step.id),
    });
    world.names.add(`k${step.id}`, blocked.allocationId);
    return placesIn(blocked);
  },
  other: (args) => ({ ...args, note: args.note + 1 }),
};

interface UnblockArgs {
  readonly block: string;
}

export const unblock: Kind<UnblockArgs> = {
  name: "unblock",
  weight: 3,
  draw(dice, academy) {
    const found = dice.preferably([...academy.blocks.values()], ({ isActive }) => isActive);
    if (found === undefined) return undefined;
    return { block: dice.chance(1) ? NOBODY : found.name };
  },
  rule(academy, args, step) {
    if (args.block === NOBODY) throw notFound("allocation", NOBODY);
    const found = blockNamed(academy, args.block);
    const request = { procedure: "unblock", isStaff: true, key: String(step.id), body: args };
    return once(academy, request, () => {
      const run = settle(academy, found.run);
      if (!found.isActive) throw conflict("allocation", "wrong_state");
      found.isActive = false;
      serveQueue(academy, run);
      return placesOf(academy, run);
    });
  },
  async call(world, args, step) {
    const unblocked = await world.doors.staff.runs.unblockPlaces.mutate({
      allocationId: world.names.idOf(args.block),
      idempotencyKey: world.key(step.id),
    });
    return placesIn(unblocked);
  },
};
