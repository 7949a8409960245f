import { WaitlistWatchInput } from "@lectern/contract/live";
import { PageInput } from "@lectern/contract/primitives";
import {
  OwnWaitlistEntries,
  WaitlistAcceptInput,
  WaitlistAccepted,
  WaitlistEndInput,
  WaitlistEnded,
  WaitlistEntryDetail,
  WaitlistJoinInput,
  WaitlistJoined,
  WaitlistListInput,
  WaitlistListOutput,
  WaitlistProof,
} from "@lectern/contract/waitlist";
import {
  WaitlistDemandInput,
  WaitlistDemandOutput,
  WaitlistOffersInput,
  WaitlistOffersOutput,
} from "@lectern/contract/today";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import {
  callOf,
  publicProcedure,
  provenProcedure,
  scopedProcedure,
  signedInProcedure,
} from "../../trpc/procedures.ts";
import { resumable } from "../../trpc/resumable.ts";
import { acceptOffer } from "./accept-offer.ts";
import { declineOffer } from "./decline-offer.ts";
import { findEntry } from "./find-entry.ts";
import { joinWaitlist } from "./join-waitlist.ts";
import { listDemand } from "./list-demand.ts";
import { listOpenOffers } from "./list-open-offers.ts";
import { listOwnEntries } from "./list-own-entries.ts";
import { listWaitlist } from "./list-waitlist.ts";
import { watchEntry } from "./watch-entry.ts";
import { withdrawEntry } from "./withdraw-entry.ts";

export const waitlistRouter = router({
  /** Gets in line for places of a run that has none left. */
  join: publicProcedure
    .errors(mayFail("NotFound", "NotBookable", "TooManyPlaces", "Conflict", "IdempotencyMismatch"))
    .input(WaitlistJoinInput)
    .output(WaitlistJoined)
    .mutation((opts) => joinWaitlist(opts.ctx.db, callOf(opts), opts.input)),

  /** Where one waits oneself, or has waited: the newest first. */
  mine: signedInProcedure()
    .input(PageInput)
    .output(OwnWaitlistEntries)
    .query((opts) => listOwnEntries(opts.ctx.db, opts.ctx.actor.id, opts.ctx.language, opts.input)),

  /** Where a party stands, for whoever holds the key of its entry. */
  byKey: provenProcedure({ key: "waitlist", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound"))
    .input(WaitlistProof)
    .output(WaitlistEntryDetail)
    .query((opts) => findEntry(opts.ctx.db, callOf(opts), opts.input)),

  /** A party's position, now and as it changes, for whoever has the id of its entry. */
  watch: provenProcedure({ key: "waitlist", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound"))
    .input(WaitlistWatchInput)
    .subscription(async ({ ctx, input, signal }) =>
      resumable(await watchEntry(ctx.db, ctx.live, input, signal)),
    ),

  /** Turns the offered places, or fewer, into a confirmed booking. */
  accept: provenProcedure({ key: "waitlist", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "TooManyPlaces", "IdempotencyMismatch"))
    .input(WaitlistAcceptInput)
    .output(WaitlistAccepted)
    .mutation((opts) => acceptOffer(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives the offered places to the next in line. */
  decline: provenProcedure({ key: "waitlist", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(WaitlistEndInput)
    .output(WaitlistEnded)
    .mutation((opts) => declineOffer(opts.ctx.db, callOf(opts), opts.input)),

  /** Leaves the queue. */
  withdraw: provenProcedure({ key: "waitlist", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(WaitlistEndInput)
    .output(WaitlistEnded)
    .mutation((opts) => withdrawEntry(opts.ctx.db, callOf(opts), opts.input)),

  /** The queue of a run in its order, with why parties were passed over. */
  list: scopedProcedure("bookings.read.any")
    .input(WaitlistListInput)
    .errors(mayFail("NotFound"))
    .output(WaitlistListOutput)
    .query((opts) => listWaitlist(opts.ctx.db, callOf(opts), opts.input)),

  /** Offers that stand, the first to lapse first. */
  offers: scopedProcedure("bookings.read.any")
    .input(WaitlistOffersInput)
    .output(WaitlistOffersOutput)
    .query((opts) => listOpenOffers(opts.ctx.db, opts.ctx.reach, opts.input)),

  /** Runs that people wait for, the next first. */
  demand: scopedProcedure("bookings.read.any")
    .input(WaitlistDemandInput)
    .output(WaitlistDemandOutput)
    .query((opts) => listDemand(opts.ctx.db, opts.ctx.reach, opts.input)),
});
