import { Id } from "@lectern/contract/primitives";
import { defineQueue } from "@lectern/jobs/queue";
import { z } from "zod";

/**
 * Frees what is past its time on a run, and serves its queue. Holds and offers put it into the outbox,
 * due when they end: that only speeds up what the next claim would do anyway.
 */
export const settlePlacesQueue = defineQueue("places.settle", z.object({ runId: Id }));

/** The same for every run that has something past its time, in case that one was missed. */
export const settleAllQueue = defineQueue("places.settle_all", z.object({}), {
  policy: "stately",
});
