import { Done } from "@lectern/contract/accounts";
import {
  CalendarFeed,
  CalendarFeedAddress,
  CalendarFeedInput,
  JoinAddress,
  JoinInput,
  Joining,
  JoiningInput,
  OwnOnlineSessions,
} from "@lectern/contract/calendar";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, personCallOf, provenProcedure, signedInProcedure } from "../../trpc/procedures.ts";
import { findFeed, showFeedAddress } from "./feed/find-feed.ts";
import { makeFeed } from "./feed/make-feed.ts";
import { withdrawFeed } from "./feed/withdraw-feed.ts";
import { findJoining } from "./joining/find-joining.ts";
import { join } from "./joining/join.ts";
import { listOwnOnline } from "./joining/list-own-online.ts";

/** What lets people come to a run online: the key from their mails, their place, or that they teach or run it. */
const COMING = { key: "join", isOwners: true, permission: "runs.roster" } as const;

/** Calendars that programs subscribe to, and where people meet online. */
export const calendarRouter = router({
  /** Whether one's calendar has a secret address. */
  feed: signedInProcedure()
    .output(CalendarFeed)
    .query((opts) => findFeed(opts.ctx.db, personCallOf(opts))),

  /** The address. */
  feedAddress: signedInProcedure({ needsConfirmation: true })
    .errors(mayFail("NotFound"))
    .output(CalendarFeedAddress)
    .query((opts) => showFeedAddress(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Makes one, or another instead of the one so far. */
  makeFeed: signedInProcedure({ needsConfirmation: true })
    .errors(mayFail("IdempotencyMismatch"))
    .input(CalendarFeedInput)
    .output(CalendarFeedAddress)
    .mutation((opts) => makeFeed(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** Makes it worthless. */
  withdrawFeed: signedInProcedure()
    .errors(mayFail("IdempotencyMismatch"))
    .input(CalendarFeedInput)
    .output(Done)
    .mutation((opts) => withdrawFeed(opts.ctx.db, personCallOf(opts), opts.input)),

  /** What one comes to online next. */
  online: signedInProcedure()
    .output(OwnOnlineSessions)
    .query((opts) => listOwnOnline(opts.ctx.db, personCallOf(opts))),

  /** When people can come to a run online. */
  joining: provenProcedure(COMING)
    .errors(mayFail("NotFound"))
    .input(JoiningInput)
    .output(Joining)
    .query((opts) => findJoining(opts.ctx.db, callOf(opts), opts.input)),

  /** Where they meet, once they can. */
  join: provenProcedure(COMING)
    .errors(mayFail("NotFound", "Conflict"))
    .input(JoinInput)
    .output(JoinAddress)
    .query((opts) => join(opts.ctx.db, callOf(opts), opts.input)),
});
