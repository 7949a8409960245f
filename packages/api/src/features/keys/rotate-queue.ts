import { defineQueue } from "@lectern/jobs/queue";
import { z } from "zod";

/** Goes on with the rotation of keys that is under way, if there is one. */
export const rotateKeysQueue = defineQueue("keys.rotate", z.object({}), {
  policy: "stately",
  // As long as there is a sign of life: a million values take a minute or two.
  expireInSeconds: 3600,
});
