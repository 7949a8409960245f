import { Done } from "@lectern/contract/accounts";
import {
  InstructorLinkInput,
  PeopleListInput,
  PeopleListOutput,
  PeopleMergeInput,
  PeopleMerged,
  PersonByIdInput,
  PersonChangeInput,
  PersonDetail,
  PersonInviteInput,
  PersonInvited,
  PersonSuspendInput,
  RoleAssignInput,
  RoleRevokeInput,
} from "@lectern/contract/people";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import { callOf, staffProcedure } from "../../../trpc/procedures.ts";
import { invitePerson } from "./invite-person.ts";
import { linkInstructor } from "./link-instructor.ts";
import { findPerson, listPeople } from "./list-people.ts";
import { mergePeople } from "./merge-people.ts";
import { assignRole, revokeRole } from "./roles.ts";
import { restorePerson, signOutPerson, suspendPerson } from "./suspend-person.ts";

const IMPORTANT = { needsConfirmation: true };
const mayClash = mayFail("NotFound", "Conflict", "IdempotencyMismatch");

/** People and their roles, for staff. */
export const peopleRouter = router({
  /** By name. */
  list: staffProcedure("people.read")
    .input(PeopleListInput)
    .output(PeopleListOutput)
    .query((opts) => listPeople(opts.ctx.db, opts.input)),

  byId: staffProcedure("people.read")
    .errors(mayFail("NotFound"))
    .input(PersonByIdInput)
    .output(PersonDetail)
    .query((opts) => findPerson(opts.ctx.db, opts.input)),

  /** Invites somebody to work for the academy. */
  invite: staffProcedure("roles.write", IMPORTANT)
    .errors(mayFail("IdempotencyMismatch"))
    .input(PersonInviteInput)
    .output(PersonInvited)
    .mutation((opts) => invitePerson(opts.ctx.db, callOf(opts), opts.input)),

  /** Keeps somebody out, from now on. */
  suspend: staffProcedure("people.write", IMPORTANT)
    .errors(mayClash)
    .input(PersonSuspendInput)
    .output(Done)
    .mutation((opts) => suspendPerson(opts.ctx.db, callOf(opts), opts.input)),

  restore: staffProcedure("people.write", IMPORTANT)
    .errors(mayClash)
    .input(PersonChangeInput)
    .output(Done)
    .mutation((opts) => restorePerson(opts.ctx.db, callOf(opts), opts.input)),

  /** Signs somebody out everywhere. */
  signOut: staffProcedure("people.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(PersonChangeInput)
    .output(Done)
    .mutation((opts) => signOutPerson(opts.ctx.db, callOf(opts), opts.input)),

  assignRole: staffProcedure("roles.write", IMPORTANT)
    .errors(mayClash)
    .input(RoleAssignInput)
    .output(Done)
    .mutation((opts) => assignRole(opts.ctx.db, callOf(opts), opts.input)),

  revokeRole: staffProcedure("roles.write", IMPORTANT)
    .errors(mayClash)
    .input(RoleRevokeInput)
    .output(Done)
    .mutation((opts) => revokeRole(opts.ctx.db, callOf(opts), opts.input)),

  /** Makes one account of two. */
  merge: staffProcedure("people.merge", IMPORTANT)
    .errors(mayClash)
    .input(PeopleMergeInput)
    .output(PeopleMerged)
    .mutation((opts) => mergePeople(opts.ctx.db, callOf(opts), opts.input)),

  /** Says which instructor of the catalogue somebody is. */
  linkInstructor: staffProcedure("people.write")
    .errors(mayClash)
    .input(InstructorLinkInput)
    .output(Done)
    .mutation((opts) => linkInstructor(opts.ctx.db, callOf(opts), opts.input)),
});
