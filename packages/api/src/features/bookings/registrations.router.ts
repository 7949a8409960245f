import { BookingDetail } from "@lectern/contract/bookings";
import {
  CancellationCost,
  CancellationCostInput,
  Choices,
  ChoicesInput,
  ChooseInput,
  Chosen,
  ClaimDetails,
  ClaimInput,
  ClaimLink,
  ClaimLinkInput,
  ClaimProof,
  OwnRegistrations,
  OwnRegistrationsInput,
  PlaceClaimed,
  RegistrationSubstituteInput,
  RegistrationsCancelInput,
  RegistrationsTransferInput,
  RegistrationsTransferred,
  TransferCost,
  TransferCostInput,
} from "@lectern/contract/registrations";
import { mayFail } from "../../trpc/errors.ts";
import { router } from "../../trpc/init.ts";
import { callOf, provenProcedure, signedInProcedure } from "../../trpc/procedures.ts";
import { cancelRegistrations } from "./registrations/cancel-registrations.ts";
import { choose } from "./registrations/choose.ts";
import { claimPlace } from "./registrations/claim-place.ts";
import { createClaimLink } from "./registrations/create-claim-link.ts";
import { findCancellationCost } from "./registrations/find-cancellation-cost.ts";
import { findClaim } from "./registrations/find-claim.ts";
import { findTransferCost } from "./registrations/find-transfer-cost.ts";
import { listOwnRegistrations } from "./registrations/list-own-registrations.ts";
import { listChoices } from "./registrations/list-choices.ts";
import { substituteLearner } from "./registrations/substitute-learner.ts";
import { transferRegistrations } from "./registrations/transfer-registrations.ts";

/** What becomes of registrations: for whoever holds the booking's key, or a claim's, and for staff. */
export const registrationsRouter = router({
  /** One's own places, as a learner. */
  mine: signedInProcedure()
    .input(OwnRegistrationsInput)
    .output(OwnRegistrations)
    .query((opts) =>
      listOwnRegistrations(opts.ctx.db, opts.ctx.actor.id, opts.ctx.language, opts.input),
    ),

  /** What cancelling would cost now. */
  cancellationCost: provenProcedure({
    key: "booking",
    isOwners: true,
    permission: "bookings.read.any",
  })
    .errors(mayFail("NotFound"))
    .input(CancellationCostInput)
    .output(CancellationCost)
    .query((opts) => findCancellationCost(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives the places of some registrations back, under the run's policy. */
  cancel: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.cancel.any" })
    .errors(mayFail("NotFound", "Conflict", "Forbidden", "IdempotencyMismatch"))
    .input(RegistrationsCancelInput)
    .output(BookingDetail)
    .mutation((opts) => cancelRegistrations(opts.ctx.db, callOf(opts), opts.input)),

  /** What moving to another date would cost now. */
  transferCost: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.read.any" })
    .errors(mayFail("NotFound", "NotBookable"))
    .input(TransferCostInput)
    .output(TransferCost)
    .query((opts) => findTransferCost(opts.ctx.db, callOf(opts), opts.input)),

  /** Moves registrations to another date, in a new booking with a key of its own. */
  transfer: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.change.any" })
    .errors(
      mayFail(
        "NotFound",
        "Conflict",
        "Forbidden",
        "NotBookable",
        "SoldOut",
        "TooManyPlaces",
        "IdempotencyMismatch",
      ),
    )
    .input(RegistrationsTransferInput)
    .output(RegistrationsTransferred)
    .mutation((opts) => transferRegistrations(opts.ctx.db, callOf(opts), opts.input)),

  /** Gives a place to another learner, or names the learner of an unnamed one. */
  substitute: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(RegistrationSubstituteInput)
    .output(BookingDetail)
    .mutation((opts) => substituteLearner(opts.ctx.db, callOf(opts), opts.input)),

  /** What opens the claim of an unnamed place, to be handed on to whoever it is for. */
  claimLink: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ClaimLinkInput)
    .output(ClaimLink)
    .mutation((opts) => createClaimLink(opts.ctx.db, callOf(opts), opts.input)),

  /** A place, for whoever holds its claim link. */
  claimDetails: provenProcedure({ key: "claim" })
    .errors(mayFail("NotFound"))
    .input(ClaimProof)
    .output(ClaimDetails)
    .query((opts) => findClaim(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes an unnamed place for whoever holds its claim link. */
  claim: provenProcedure({ key: "claim" })
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(ClaimInput)
    .output(PlaceClaimed)
    .mutation((opts) => claimPlace(opts.ctx.db, callOf(opts), opts.input)),

  /** Registrations that are asked again because their date was cancelled or moved, and what they can choose. */
  choices: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.read.any" })
    .errors(mayFail("NotFound"))
    .input(ChoicesInput)
    .output(Choices)
    .query((opts) => listChoices(opts.ctx.db, callOf(opts), opts.input)),

  /** Stays, moves to another date or takes the money back, at no cost. */
  choose: provenProcedure({ key: "booking", isOwners: true, permission: "bookings.change.any" })
    .errors(mayFail("NotFound", "Conflict", "NotBookable", "SoldOut", "IdempotencyMismatch"))
    .input(ChooseInput)
    .output(Chosen)
    .mutation((opts) => choose(opts.ctx.db, callOf(opts), opts.input)),
});
