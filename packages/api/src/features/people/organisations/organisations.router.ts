import {
  DomainChecked,
  DomainRemoved,
  InvitationWithdrawn,
  MembershipChanged,
  OrganisationAddDomainInput,
  OrganisationBookings,
  OrganisationBookingsInput,
  OrganisationByIdInput,
  OrganisationChangeRoleInput,
  OrganisationCreateInput,
  OrganisationDetail,
  OrganisationDomain,
  OrganisationDomainInput,
  OrganisationInvitation,
  OrganisationInvitations,
  OrganisationInvitationsInput,
  OrganisationInviteInput,
  OrganisationMembers,
  OrganisationMembersInput,
  OrganisationOwnInput,
  OrganisationPageInput,
  OrganisationPrivateRuns,
  OrganisationRemoveMemberInput,
  OrganisationSeats,
  OrganisationSeatsInput,
  OrganisationStatement,
  OrganisationStatementInput,
  OrganisationUpdateInput,
  OrganisationVersionInput,
  OrganisationWithdrawInvitationInput,
  OrganisationsJoinable,
  OrganisationsList,
  OrganisationsListInput,
} from "@lectern/contract/organisations";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  scopedProcedure,
  signedInProcedure,
  staffProcedure,
} from "../../../trpc/procedures.ts";
import { listOrganisationBookings } from "./account/list-bookings.ts";
import { listPrivateRuns } from "./account/list-private-runs.ts";
import { listSeats } from "./account/list-seats.ts";
import { readStatement } from "./account/read-statement.ts";
import { archiveOrganisation, restoreOrganisation } from "./archive-organisation.ts";
import { createOrganisation } from "./create-organisation.ts";
import { addDomain } from "./domains/add-domain.ts";
import { joinOrganisation, listJoinable } from "./domains/join-by-domain.ts";
import { removeDomain } from "./domains/remove-domain.ts";
import { verifyDomain } from "./domains/verify-domain.ts";
import { findOrganisation } from "./find-organisation.ts";
import { inviteMember } from "./invitations/invite-member.ts";
import { listInvitations } from "./invitations/list-invitations.ts";
import { withdrawInvitation } from "./invitations/withdraw-invitation.ts";
import { listOrganisations } from "./list-organisations.ts";
import { changeMemberRole } from "./members/change-role.ts";
import { listMembers } from "./members/list-members.ts";
import { leaveOrganisation, removeMember } from "./members/remove-member.ts";
import { updateOrganisation } from "./update-organisation.ts";

/** What can be in the way of a change. */
const mayNotChange = mayFail("NotFound", "Conflict", "IdempotencyMismatch");

/** Who has which role is changed by those who have just shown who they are. */
const CONFIRMED = { needsConfirmation: true };

export const organisationsRouter = router({
  /** Organisations by name; a company's people see their own. */
  list: scopedProcedure("organisations.read")
    .input(OrganisationsListInput)
    .output(OrganisationsList)
    .query((opts) => listOrganisations(opts.ctx.db, opts.ctx.reach, opts.input)),

  byId: scopedProcedure("organisations.read")
    .errors(mayFail("NotFound"))
    .input(OrganisationByIdInput)
    .output(OrganisationDetail)
    .query((opts) => findOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  create: staffProcedure("organisations.create")
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(OrganisationCreateInput)
    .output(OrganisationDetail)
    .mutation((opts) => createOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  update: scopedProcedure("organisations.write")
    .errors(mayNotChange)
    .input(OrganisationUpdateInput)
    .output(OrganisationDetail)
    .mutation((opts) => updateOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  /** Sets one aside; what was booked stays. */
  archive: staffProcedure("organisations.write")
    .errors(mayNotChange)
    .input(OrganisationVersionInput)
    .output(OrganisationDetail)
    .mutation((opts) => archiveOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  /** Takes one back into use that was archived. */
  restore: staffProcedure("organisations.write")
    .errors(mayNotChange)
    .input(OrganisationVersionInput)
    .output(OrganisationDetail)
    .mutation((opts) => restoreOrganisation(opts.ctx.db, callOf(opts), opts.input)),

  members: scopedProcedure("organisations.members")
    .errors(mayFail("NotFound"))
    .input(OrganisationMembersInput)
    .output(OrganisationMembers)
    .query((opts) => listMembers(opts.ctx.db, callOf(opts), opts.input)),

  changeRole: scopedProcedure("organisations.members", CONFIRMED)
    .errors(mayNotChange)
    .input(OrganisationChangeRoleInput)
    .output(MembershipChanged)
    .mutation((opts) => changeMemberRole(opts.ctx.db, callOf(opts), opts.input)),

  removeMember: scopedProcedure("organisations.members", CONFIRMED)
    .errors(mayNotChange)
    .input(OrganisationRemoveMemberInput)
    .output(MembershipChanged)
    .mutation((opts) => removeMember(opts.ctx.db, callOf(opts), opts.input)),

  /** Leaves an organisation oneself. */
  leave: signedInProcedure()
    .errors(mayNotChange)
    .input(OrganisationOwnInput)
    .output(MembershipChanged)
    .mutation((opts) => leaveOrganisation(opts.ctx.db, personCallOf(opts), opts.input)),

  /** Invites somebody by a mail. */
  invite: scopedProcedure("organisations.members", CONFIRMED)
    .errors(mayFail("NotFound", "Conflict", "RateLimited", "IdempotencyMismatch"))
    .input(OrganisationInviteInput)
    .output(OrganisationInvitation)
    .mutation((opts) => inviteMember(opts.ctx.db, callOf(opts), opts.input)),

  /** Invitations that nobody has accepted yet. */
  invitations: scopedProcedure("organisations.members")
    .errors(mayFail("NotFound"))
    .input(OrganisationInvitationsInput)
    .output(OrganisationInvitations)
    .query((opts) => listInvitations(opts.ctx.db, callOf(opts), opts.input)),

  withdrawInvitation: scopedProcedure("organisations.members")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(OrganisationWithdrawInvitationInput)
    .output(InvitationWithdrawn)
    .mutation((opts) => withdrawInvitation(opts.ctx.db, callOf(opts), opts.input)),

  /** Writes down a domain, to be verified. */
  addDomain: scopedProcedure("organisations.write")
    .errors(mayNotChange)
    .input(OrganisationAddDomainInput)
    .output(OrganisationDomain)
    .mutation((opts) => addDomain(opts.ctx.db, callOf(opts), opts.input)),

  /** Looks into the DNS for the record that shows whose a domain is. */
  verifyDomain: scopedProcedure("organisations.write")
    .errors(mayFail("NotFound", "Conflict", "RateLimited", "IdempotencyMismatch"))
    .input(OrganisationDomainInput)
    .output(DomainChecked)
    .mutation((opts) =>
      verifyDomain(opts.ctx.db, callOf(opts), opts.ctx.auth.resolveTxt, opts.input),
    ),

  removeDomain: scopedProcedure("organisations.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(OrganisationDomainInput)
    .output(DomainRemoved)
    .mutation((opts) => removeDomain(opts.ctx.db, callOf(opts), opts.input)),

  /** Organisations that one can join by the domain of one's address. */
  joinable: signedInProcedure()
    .output(OrganisationsJoinable)
    .query((opts) => listJoinable(opts.ctx.db, opts.ctx.actor.id)),

  /** Joins one of them, as a learner. */
  join: signedInProcedure()
    .errors(mayNotChange)
    .input(OrganisationOwnInput)
    .output(MembershipChanged)
    .mutation((opts) => joinOrganisation(opts.ctx.db, personCallOf(opts), opts.input)),

  /** The bookings of an organisation, whoever made them. */
  bookings: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(OrganisationBookingsInput)
    .output(OrganisationBookings)
    .query((opts) => listOrganisationBookings(opts.ctx.db, callOf(opts), opts.input)),

  /** Its places on dates to come: those that nobody is named for yet, those of somebody, or all. */
  seats: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(OrganisationSeatsInput)
    .output(OrganisationSeats)
    .query((opts) => listSeats(opts.ctx.db, callOf(opts), opts.input)),

  /** What an organisation has booked, paid and still owes. */
  statement: scopedProcedure("bookings.read.any")
    .errors(mayFail("NotFound"))
    .input(OrganisationStatementInput)
    .output(OrganisationStatement)
    .query((opts) => readStatement(opts.ctx.db, callOf(opts), opts.input)),

  /** The private dates of an organisation, for all its people. */
  privateRuns: signedInProcedure()
    .errors(mayFail("NotFound"))
    .input(OrganisationPageInput)
    .output(OrganisationPrivateRuns)
    .query((opts) => listPrivateRuns(opts.ctx.db, personCallOf(opts), opts.input)),
});
