import type { seatAllocation, waitlistEntry } from "@lectern/database/schema/bookings";
import type { GeneratedRun } from "../generate/academy.ts";
import type { Random } from "../random.ts";
import { createUuid } from "../uuid.ts";

export interface WaitingRows {
  /** In the order of each queue: it is the order in which they are inserted. */
  readonly entries: (typeof waitlistEntry.$inferInsert)[];
  /** The offers that were made to them. */
  readonly offers: (typeof seatAllocation.$inferInsert)[];
}

/** An offer stands for a day. */
const OFFER_MS = 24 * 60 * 60_000;

/** @param runIds in the order of the runs */
export function waitingRows(
  runs: readonly GeneratedRun[],
  runIds: readonly string[],
  random: Random,
): WaitingRows {
  const all = runs.flatMap((run, i) =>
    run.waiting.map((wait) => ({
      wait,
      runId: runIds[i] ?? "",
      id: createUuid(wait.joinedAt.getTime(), random),
    })),
  );
  return {
    entries: all.map(({ wait, runId, id }) => ({
      id,
      runId,
      status: wait.status,
      quantity: wait.quantity,
      name: wait.person.name,
      email: wait.person.email,
      company: wait.company,
      ...(wait.offeredAt !== null && {
        offeredQuantity: wait.quantity,
        offeredAt: wait.offeredAt,
        offerExpiresAt: new Date(wait.offeredAt.getTime() + OFFER_MS),
      }),
      endedAt: wait.endedAt,
      createdAt: wait.joinedAt,
      updatedAt: wait.endedAt ?? wait.joinedAt,
    })),
    offers: all.flatMap(({ wait, runId, id }) =>
      wait.offeredAt === null
        ? []
        : [
            {
              id: createUuid(wait.offeredAt.getTime(), random),
              runId,
              waitlistEntryId: id,
              quantity: wait.quantity,
              kind: "offer" as const,
              state: wait.status === "lapsed" ? ("expired" as const) : ("released" as const),
              expiresAt: new Date(wait.offeredAt.getTime() + OFFER_MS),
              createdAt: wait.offeredAt,
              endedAt: wait.endedAt,
            },
          ],
    ),
  };
}
