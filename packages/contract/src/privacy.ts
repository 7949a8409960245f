import { z } from "zod";
import { Id, IdempotencyKey, Instant, PageInput, line, page } from "./primitives.ts";
import { ConsentPurpose, PrivacyRequestKind, PrivacyRequestState } from "./vocabulary.ts";

/** What people may know and decide about what the academy keeps of them. */

/** Of a text that is agreed to, such as `2027-01`. */
const TextVersion = line(40);

/** What somebody agrees to, or does not. */
export const Consent = z.object({
  purpose: ConsentPurpose,
  /** Of the text as it is today. */
  currentVersion: TextVersion,
  /** What they agreed to last, unless they took it back; it may be an older text. */
  agreed: z
    .object({ textVersion: TextVersion, givenAt: Instant, isCurrent: z.boolean() })
    .nullable(),
  /** False for what an account can't be without. */
  canBeWithdrawn: z.boolean(),
});
export type Consent = z.infer<typeof Consent>;

export const ConsentsOutput = z.object({
  items: z.array(Consent).max(20),
  /** All that was agreed to so far, the newest first. */
  history: z
    .array(
      z.object({
        purpose: ConsentPurpose,
        textVersion: TextVersion,
        givenAt: Instant,
        withdrawnAt: Instant.nullable(),
      }),
    )
    .max(200),
});

export const GiveConsentInput = z.object({
  purpose: ConsentPurpose,
  /** Of the text that was shown: agreed to is what was read. */
  textVersion: TextVersion,
  idempotencyKey: IdempotencyKey,
});

export const WithdrawConsentInput = z.object({
  purpose: ConsentPurpose,
  idempotencyKey: IdempotencyKey,
});

/** A copy or the erasure of somebody's data that they asked for. */
export const PrivacyRequest = z.object({
  id: Id,
  kind: PrivacyRequestKind,
  state: PrivacyRequestState,
  createdAt: Instant,
  /** Of an erasure: when it is done, unless it is withdrawn before. */
  dueAt: Instant,
  doneAt: Instant.nullable(),
  /** Of an export, while it can be fetched. */
  archive: z.object({ bytes: z.int().min(0), until: Instant }).nullable(),
});
export type PrivacyRequest = z.infer<typeof PrivacyRequest>;

/** The last hundred. */
export const PrivacyRequestsOutput = z.object({ items: z.array(PrivacyRequest).max(100) });

/** What all people have asked, for staff. */
export const AllPrivacyRequestsInput = PageInput.extend({
  kind: PrivacyRequestKind.nullish(),
  state: PrivacyRequestState.nullish(),
});
const RequestOfSomebody = PrivacyRequest.omit({ archive: true }).extend({
  /** As they are called now: somebody who was erased has no name any more. */
  person: z.object({ id: Id, name: z.string().max(200) }),
});
export const AllPrivacyRequests = page(RequestOfSomebody);

/** Says which request. */
export const PrivacyRequestInput = z.object({ id: Id, idempotencyKey: IdempotencyKey });

/** An archive is no larger: the files of the oldest mails are left out of one that would be. */
export const EXPORT_BYTES_MAX = 24 * 1024 * 1024;

/** A ZIP file. */
export const ExportArchive = z.object({
  fileName: z.string().max(100),
  /** Base64, whose form nobody has to check again: it may be long. */
  content: z.string().max(4 * Math.ceil(EXPORT_BYTES_MAX / 3)),
});
export type ExportArchive = z.infer<typeof ExportArchive>;

/**
 * Why staff erase somebody's data. A closed list, as it goes into the audit log, in which nothing personal
 * may stand.
 */
export const ERASURE_REASONS = [
  "asked_by_person",
  "ordered_by_authority",
  "died",
  "no_purpose",
] as const;
export const ErasureReason = z.enum(ERASURE_REASONS);
export type ErasureReason = z.infer<typeof ErasureReason>;

export const EraseInput = z.object({
  personId: Id,
  reason: ErasureReason,
  idempotencyKey: IdempotencyKey,
});

/** How many rows of each kind were deleted or rewritten. */
const Report = z.record(z.string().max(60), z.int().min(0));

export const Erased = z.object({ requestId: Id, personId: Id, report: Report });
export type Erased = z.infer<typeof Erased>;

/** How long each kind of personal data is kept, and why. */
export const RetentionOutput = z.object({
  items: z
    .array(
      z.object({
        kind: line(60),
        what: line(300),
        /** Days after what `from` says. */
        days: z.int().min(0),
        from: line(200),
        why: line(500),
        /** The last time that it was seen to, and how many rows were erased then. */
        last: z.object({ at: Instant, rows: z.int().min(0) }).nullable(),
      }),
    )
    .max(100),
});
export type RetentionOutput = z.infer<typeof RetentionOutput>;
