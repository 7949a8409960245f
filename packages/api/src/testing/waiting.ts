import type { WaitlistJoinInput, WaitlistJoined } from "@lectern/contract/waitlist";
import type { WaitlistStatus } from "@lectern/contract/vocabulary";
import type { Database } from "@lectern/database/connect";
import { waitlistEntry } from "@lectern/database/schema/bookings";
import { asc, eq } from "drizzle-orm";
import type { z } from "zod";
import type { Call } from "../call.ts";
import { blockPlaces } from "../features/runs/block-places.ts";
import { unblockPlaces } from "../features/runs/unblock-places.ts";
import { acceptOffer } from "../features/waitlist/accept-offer.ts";
import { declineOffer } from "../features/waitlist/decline-offer.ts";
import { findEntry } from "../features/waitlist/find-entry.ts";
import { joinWaitlist } from "../features/waitlist/join-waitlist.ts";
import { withdrawEntry } from "../features/waitlist/withdraw-entry.ts";
import {
  OPERATOR_CALL,
  type TestRunOptions,
  createTestRun,
  newKey,
  testCall,
} from "./factories.ts";

/** What tests of the waiting list begin with. */

export interface FullRun {
  readonly id: string;
  /** Gives the places of the next block back: the first time those of the first, and so on. */
  free(): Promise<void>;
}

/**
 * @param blocks of so many places each, which are all places that the run has
 * @returns a run without free places
 */
export async function createFullRun(
  db: Database,
  blocks: readonly number[],
  options: Omit<TestRunOptions, "capacity"> = {},
): Promise<FullRun> {
  const capacity = blocks.reduce((sum, quantity) => sum + quantity, 0);
  const { id } = await createTestRun(db, { ...options, capacity });
  const allocations: string[] = [];
  for (const quantity of blocks) {
    const input = { id, quantity, reason: "Chairs are missing", idempotencyKey: newKey() };
    allocations.push((await blockPlaces(db, OPERATOR_CALL, input)).allocationId);
  }
  return {
    id,
    async free() {
      const allocationId = allocations.shift();
      if (allocationId === undefined) throw new Error("All blocks have been given back");
      await unblockPlaces(db, OPERATOR_CALL, { allocationId, idempotencyKey: newKey() });
    },
  };
}

/** Puts a party in line, of an address of its own unless one is given. */
export async function joinedBy(
  db: Database,
  runId: string,
  overrides: Partial<z.infer<typeof WaitlistJoinInput>> = {},
): Promise<WaitlistJoined> {
  return joinWaitlist(db, testCall(), {
    runId,
    quantity: 1,
    takesFewer: false,
    name: "Ingrid Berg",
    email: `ingrid-${newKey()}@example.com`,
    idempotencyKey: newKey(),
    ...overrides,
  });
}

type Proof = Pick<WaitlistJoined, "entryId" | "accessKey">;
type AcceptMore = { places?: number; region?: string; idempotencyKey?: string };

/** What a party can do with its entry. */
export function answersOf(db: Database, call: Call = testCall()) {
  const proofOf = ({ entryId, accessKey }: Proof) => ({ entryId, accessKey });
  return {
    find: (proof: Proof) => findEntry(db, call, proofOf(proof)),
    accept: (proof: Proof, more: AcceptMore = {}) =>
      acceptOffer(db, call, { ...proofOf(proof), idempotencyKey: newKey(), ...more }),
    decline: (proof: Proof) =>
      declineOffer(db, call, { ...proofOf(proof), idempotencyKey: newKey() }),
    withdraw: (proof: Proof) =>
      withdrawEntry(db, call, { ...proofOf(proof), idempotencyKey: newKey() }),
  };
}

/**
 * A run with parties of these sizes in line, as many places offered to the first as it wants, and two
 * single places to be given back later.
 */
export async function createOfferedRun(
  db: Database,
  quantities: readonly number[],
  options: Parameters<typeof createFullRun>[2] = {},
) {
  const [size = 1] = quantities;
  const run = await createFullRun(db, [size, 1, 1], options);
  const parties: WaitlistJoined[] = [];
  for (const quantity of quantities) parties.push(await joinedBy(db, run.id, { quantity }));
  await run.free();
  return { run, parties, first: partyAt(parties, 0) };
}

export function partyAt(parties: readonly WaitlistJoined[], index: number): WaitlistJoined {
  const party = parties[index];
  if (party === undefined) throw new Error("There is no such party");
  return party;
}

/** @returns the states of all entries of a run, in the order of the queue */
export async function statesOf(db: Database, runId: string): Promise<WaitlistStatus[]> {
  const rows = await db
    .select({ status: waitlistEntry.status })
    .from(waitlistEntry)
    .where(eq(waitlistEntry.runId, runId))
    .orderBy(asc(waitlistEntry.ticket));
  return rows.map(({ status }) => status);
}
