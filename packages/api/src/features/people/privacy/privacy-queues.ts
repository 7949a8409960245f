import { Id } from "@lectern/contract/primitives";
import { defineQueue } from "@lectern/jobs/queue";
import { z } from "zod";

/** Puts together what somebody asked for a copy of. */
export const exportQueue = defineQueue("privacy.export", z.object({ requestId: Id }), {
  retryLimit: 4,
  retryDelaySeconds: 2,
  expireInSeconds: 300,
});

/** Erases who is due, and deletes copies whose time is over. */
export const privacySweepQueue = defineQueue("privacy.sweep", z.object({}), {
  policy: "stately",
  expireInSeconds: 600,
});

/** SHA-256, in hexadecimal digits. */
const Hash = z.string().length(64);

/**
 * Forgets what was still on its way as somebody was erased, and the last mail to them. Their addresses are
 * known by their hashes alone.
 */
export const forgetTracesQueue = defineQueue(
  "privacy.forget_traces",
  z.object({
    requestId: Id,
    personIds: z.array(Id).max(1000),
    addressHashes: z.array(Hash).max(1000),
    /** How often it was put off, as the last mail had not left yet. */
    round: z.int().min(0),
  }),
  { expireInSeconds: 1800 },
);
