import { z } from "zod";
import { Instant } from "./primitives.ts";

/** Answers without touching the database: who is there, which release, and what time it is there. */
export const SystemInfo = z.object({
  name: z.string().max(100),
  version: z.string().max(50),
  serverTime: Instant,
});
