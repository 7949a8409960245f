import { z } from "zod";
import { Id, Instant, PageInput, line, page } from "./primitives.ts";
import { ACTOR_KINDS } from "./vocabulary.ts";

/** Who did what, as the audit log keeps it. */

const ActorKind = z.enum(ACTOR_KINDS);

/** What is spoken of, such as `booking`. */
const Entity = z
  .string()
  .min(1)
  .max(40)
  .regex(/^[a-z_]+$/u, "use lower-case letters and _");

/** A value before or after a change. It may be anything that is JSON: the log is older than the program that reads it. */
const Fields = z.record(z.string().max(200), z.unknown());

export const AuditEntry = z.object({
  id: z.int(),
  at: Instant,
  actor: z.object({
    kind: ActorKind,
    /** Names an operator token, or the part of Lectern that acted; `null` for the public. */
    id: z.string().max(300).nullable(),
    /** Of a person, as far as whoever asks may know them. */
    name: z.string().max(200).nullable(),
  }),
  /** `<entity>.<verb>`, such as `run.reschedule`. */
  action: z.string().max(100),
  entity: z.string().max(100),
  entityId: Id,
  /**
   * What it is called now: a reference, a code, a name. `null` where it is gone, or has no name, or whoever asks may not see it.
   */
  named: z.string().max(500).nullable(),
  /** The fields that changed, as they were and as they became. */
  before: Fields.nullable(),
  after: Fields.nullable(),
  requestId: z.string().max(300).nullable(),
  /** From where: the address of the caller, and what its program calls itself. */
  address: z.string().max(300).nullable(),
  client: z.string().max(1000).nullable(),
  /** Its position in the chain of hashes; `null` in the first seconds, before it is sealed. */
  sealedAs: z.int().min(1).nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What is asked for together narrows together. */
export const AuditListInput = PageInput.extend({
  entity: Entity.nullish(),
  entityId: Id.nullish(),
  actorKind: ActorKind.nullish(),
  actorId: line(300).nullish(),
  /** Begin of an action: `run.`, `run.re`, `run.reschedule`. */
  action: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[a-z_]+(?:\.[a-z_]*)?$/u, "use the begin of an action such as run.reschedule")
    .nullish(),
  /** From this time on, and before that one. */
  from: Instant.nullish(),
  to: Instant.nullish(),
});
export const AuditListOutput = page(AuditEntry);
