import { Id } from "@lectern/contract/primitives";
import { defineQueue } from "@lectern/jobs/queue";
import { z } from "zod";

/** Sees whether a tentative run has got its minimum: asked for by each booking that is confirmed on it. */
export const considerRun = defineQueue("runs.consider", z.object({ runId: Id }));

/** The same for all tentative runs, in case that one was missed. */
export const considerRuns = defineQueue("runs.consider_all", z.object({}), { policy: "stately" });

/** Warns staff of runs about which somebody has to decide. */
export const warnUndecidedRuns = defineQueue("runs.warn", z.object({}), { policy: "stately" });

/** Moves runs on that have begun or ended. */
export const advanceRuns = defineQueue("runs.advance", z.object({}), { policy: "stately" });
