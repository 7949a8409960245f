import { z } from "zod";

/** What the benchmark and its load processes say to each other. */

/** Of a request, by name. */
const Headers = z.record(z.string(), z.string());
export type Headers = z.infer<typeof Headers>;

/** What is done again and again. */
export const Task = z.discriminatedUnion("kind", [
  /** Gets addresses, one after the other. */
  z.object({
    kind: z.literal("get"),
    origin: z.string(),
    paths: z.array(z.string()).min(1),
    /** What each client sends along, in turn: one browser is not another. */
    headers: z.array(Headers).min(1).optional(),
    /** Statuses that are outcomes; any other is a failure. */
    accepted: z.array(z.int()).min(1).optional(),
  }),
  /** Sends the same again and again. */
  z.object({
    kind: z.literal("post"),
    origin: z.string(),
    path: z.string(),
    body: z.record(z.string(), z.unknown()),
    /** The field that gets a UUID of its own each time. */
    freshField: z.string().optional(),
    /** The status that is an outcome; any other is a failure. */
    accepted: z.int(),
  }),
  /** Signs somebody in, another one for each client. */
  z.object({
    kind: z.literal("sign in"),
    origin: z.string(),
    people: z.array(z.object({ email: z.string(), password: z.string(), headers: Headers })).min(1),
  }),
  /** Holds one place of one of the benchmark's runs, through HTTP. */
  z.object({ kind: z.literal("hold by HTTP"), origin: z.string(), runs: z.int().min(1) }),
  /** The same by the plain statement, through the bare driver. */
  z.object({ kind: z.literal("hold by SQL"), databaseUrl: z.string(), runs: z.int().min(1) }),
  /** The same by Lectern's use case, in process; of runs at random, or of one after the other. */
  z.object({
    kind: z.literal("hold by use case"),
    databaseUrl: z.string(),
    runs: z.int().min(1),
    inTurn: z.boolean().default(false),
  }),
]);
export type Task = z.infer<typeof Task>;

export const Order = z.object({
  task: Task,
  /** So many do it at the same time. */
  clients: z.int().min(1),
  /** Milliseconds that are not counted, at the beginning. */
  rampMs: z.number().min(0),
  /** Milliseconds that are. What is under way at their end is waited for. */
  durationMs: z.number().min(0),
  /** All is over after so many, if the time is not over before. */
  attempts: z.int().min(1).nullable(),
  /**
   * So many begin each second, whether or not those before have ended. Without it each client begins its next when
   * the one before has ended.
   */
  perSecond: z.number().positive().optional(),
});
export type Order = z.infer<typeof Order>;

/** What came of an order. */
export const Tally = z.object({
  /** Within the time that counts. */
  perSecond: z.number(),
  p50Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  p999Ms: z.number().nullable(),
  /** How often each outcome came, from the first to the last. */
  outcomes: z.record(z.string(), z.int()),
});
export type Tally = z.infer<typeof Tally>;

export const Reply = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), tally: Tally }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
]);
export type Reply = z.infer<typeof Reply>;

/** Outcomes of an attempt to sign in. Anything else is a failure. */
export const SIGNED_IN = "signed in";
export const TURNED_AWAY = "asked to come again";
/** The database was not reached within the time for it. */
export const UNAVAILABLE = "unavailable";

/** Outcomes of an attempt to hold places. Anything else is a failure. */
export const HELD = "held";
export const SOLD_OUT = "sold out";
