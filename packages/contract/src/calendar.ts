import { z } from "zod";
import { AccessKey } from "./bookings.ts";
import {
  Id,
  IdempotencyKey,
  Instant,
  LocalDateTime,
  TimeZone,
  WebUrl,
  line,
  Slug,
} from "./primitives.ts";
import { RunSummary } from "./runs.ts";

/** Calendars that subscribe to what somebody learns and teaches, and where they meet online. */

/** The secret address of one's calendar: whether there is one, and not which. */
export const CalendarFeed = z.object({
  feed: z
    .object({
      createdAt: Instant,
      /** When a program read it, to the hour; `null`: none has. */
      lastReadAt: Instant.nullable(),
    })
    .nullable(),
});
export type CalendarFeed = z.infer<typeof CalendarFeed>;

/** The address itself. Whoever has it reads the calendar. */
export const CalendarFeedAddress = z.object({ address: z.url().max(2048) });
export type CalendarFeedAddress = z.infer<typeof CalendarFeedAddress>;

export const CalendarFeedInput = z.object({ idempotencyKey: IdempotencyKey });

/** So long before a session begins people can come in. */
export const JOIN_MINUTES = 15;

/** Most sessions of a run. */
export const SESSIONS_MAX = 400;

/** Counted from 1, as the run counts its sessions; 0 for the run itself, where it has none. */
const Position = z.int().min(0).max(SESSIONS_MAX);

/** What shows that somebody has a place: a link from their mails holds it. */
export const JoinProof = z.object({
  registrationId: Id,
  claimVersion: z.int().min(1).max(1_000_000),
  joinKey: AccessKey,
});

/** Which run: of a place, by its key; or by its id, for who is signed in and comes to it, teaches it, or works for the academy. */
const OfRun = z.object({ runId: Id.nullish(), seat: JoinProof.nullish() });

export const JoiningInput = OfRun;
export const JoinInput = OfRun.extend({ position: Position });

/** Whether people can come in. */
export const JOIN_STATES = ["ahead", "open", "over"] as const;
export const JoinState = z.enum(JOIN_STATES);
export type JoinState = z.infer<typeof JoinState>;

/** A session that people come to online. */
export const OnlineSession = z.object({
  position: Position,
  startsAt: Instant,
  endsAt: Instant,
  timeZone: TimeZone,
  localStart: LocalDateTime,
  localEnd: LocalDateTime,
  opensAt: Instant,
  state: JoinState,
  /** Whether staff have said where it is. */
  hasLink: z.boolean(),
});
export type OnlineSession = z.infer<typeof OnlineSession>;

/** The sessions of a run that people come to online, in their order. */
export const Joining = z.object({
  run: RunSummary,
  sessions: z.array(OnlineSession).max(SESSIONS_MAX),
  serverTime: Instant,
});
export type Joining = z.infer<typeof Joining>;

/** Where they meet: given while people can come in, and to nobody else. */
export const JoinAddress = z.object({ url: WebUrl });
export type JoinAddress = z.infer<typeof JoinAddress>;

/** In which part somebody comes to a session. */
export const JOIN_PARTS = ["learner", "instructor"] as const;

/** So many sessions are listed at most. */
export const ONLINE_SESSIONS_MAX = 20;

/** What somebody comes to online next, or teaches: not over yet, the soonest first. */
export const OwnOnlineSessions = z.object({
  items: z
    .array(
      OnlineSession.extend({
        runId: Id,
        course: z.object({ title: line(300), slug: Slug }),
        /** Of the run. */
        sessions: z.int().min(0),
        part: z.enum(JOIN_PARTS),
      }),
    )
    .max(ONLINE_SESSIONS_MAX),
  serverTime: Instant,
});
export type OwnOnlineSessions = z.infer<typeof OwnOnlineSessions>;

/** Addresses of meetings may hold passwords, and are not fetched over an open line. */
const MeetingUrl = z.url({ protocol: /^https$/u, error: "use an https address" }).max(2048);

/** Says where a run meets online, or one of its sessions. */
export const RunSetJoinLinkInput = z.object({
  id: Id,
  /** Of the session that it is for; left out: for all that have none of their own. */
  position: Position.min(1).nullish(),
  /** `null`: none any more. */
  url: MeetingUrl.nullable(),
  idempotencyKey: IdempotencyKey,
});

export const RunJoinLinksInput = z.object({ id: Id });

/** Where a run meets online, as staff have set it. */
export const RunJoinLinks = z.object({
  links: z
    .array(
      z.object({
        /** `null`: of all sessions that have none of their own. */
        position: Position.nullable(),
        url: z.url().max(2048),
        updatedAt: Instant,
      }),
    )
    .max(SESSIONS_MAX + 1),
});
export type RunJoinLinks = z.infer<typeof RunJoinLinks>;

/** That it was set; the address is not repeated. */
export const RunJoinLinkSet = z.object({
  id: Id,
  position: Position.nullable(),
  isSet: z.boolean(),
});
export type RunJoinLinkSet = z.infer<typeof RunJoinLinkSet>;
