import { z } from "zod";
import { Cursor, Id, IdempotencyKey, Instant } from "./primitives.ts";
import { AttendanceMark } from "./vocabulary.ts";

/** Who was there: a mark for a registration and a session. */

/** Marks of one request. */
export const ATTENDANCE_MARKS_MAX = 100;
/** Marks of one page: as many as a full room has, so that a page of a run is seldom more than one. */
export const ATTENDANCE_PAGE_MAX = 1000;

/** A session is no longer than a day. */
const Minutes = z.int().min(0).max(1440);

/** How often a mark was made and taken back, from 1 on; 0: never, as far as the caller knows. */
const SeenVersion = z.int().min(0).max(2_147_483_647);

/** What is known of one registration and one session. */
export const AttendanceRecord = z.object({
  registrationId: Id,
  sessionId: Id,
  /** `null`: a mark was made and taken back. */
  mark: AttendanceMark.nullable(),
  /** How long they were there; `null` where nobody said, as for who was there all the time. */
  minutes: Minutes.nullable(),
  markedAt: Instant,
  /** Name of whoever marked it; `null` for a program. */
  markedBy: z.string().max(200).nullable(),
  version: z.int().min(1),
});
export type AttendanceRecord = z.infer<typeof AttendanceRecord>;

export const AttendanceByRunInput = z.object({
  runId: Id,
  /** Of this session alone. */
  sessionId: Id.nullish(),
  /** `revision` of an earlier answer: where nothing has changed since, nothing is sent. */
  knownRevision: SeenVersion.nullish(),
  cursor: Cursor.nullish(),
  limit: z.int().min(1).max(ATTENDANCE_PAGE_MAX).default(ATTENDANCE_PAGE_MAX),
});

/** Marks of a run, by session and registration, a page at a time. */
export const AttendanceByRun = z.object({
  runId: Id,
  /** Rises with every mark that is made or taken back. */
  revision: z.int().min(0),
  /** True where `knownRevision` is the one of today: the items are left out. */
  isUnchanged: z.boolean(),
  items: z.array(AttendanceRecord).max(ATTENDANCE_PAGE_MAX),
  nextCursor: Cursor.nullable(),
});
export type AttendanceByRun = z.infer<typeof AttendanceByRun>;

const Seen = z.object({
  registrationId: Id,
  /** Of the record that the caller has seen, so that nobody overwrites unseen what another marked. */
  version: SeenVersion,
});

export const AttendanceMarkInput = z.object({
  sessionId: Id,
  marks: z
    .array(
      Seen.extend({
        mark: AttendanceMark,
        /** Of who was there, or partly. */
        minutes: Minutes.nullish(),
      }),
    )
    .min(1)
    .max(ATTENDANCE_MARKS_MAX),
  idempotencyKey: IdempotencyKey,
});

/** Takes marks back. */
export const AttendanceClearInput = z.object({
  sessionId: Id,
  marks: z.array(Seen).min(1).max(ATTENDANCE_MARKS_MAX),
  idempotencyKey: IdempotencyKey,
});

/** Why one of several marks was not made. */
export const AttendanceRefusal = z.object({
  registrationId: Id,
  /**
   * `changed_meanwhile`: somebody else marked it differently, as `current` says; `not_coming`: the place was cancelled,
   * transferred or never booked; `unknown`: there is no such place on this run.
   */
  reason: z.enum(["changed_meanwhile", "not_coming", "unknown"]),
  current: AttendanceRecord.nullable(),
});

/** What became of each mark: one that is refused keeps no other from being made. */
export const AttendanceMarked = z.object({
  runId: Id,
  sessionId: Id,
  records: z.array(AttendanceRecord).max(ATTENDANCE_MARKS_MAX),
  refused: z.array(AttendanceRefusal).max(ATTENDANCE_MARKS_MAX),
});
export type AttendanceMarked = z.infer<typeof AttendanceMarked>;

/** When a session can be marked by the caller: from, and until when, if there is an end to it. */
export const AttendanceWindow = z.object({
  opensAt: Instant,
  closesAt: Instant.nullable(),
});
