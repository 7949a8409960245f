import {
  AcceptInvitationInput,
  Account,
  BecomeAdministratorInput,
  ChangePasswordInput,
  ConfirmEmailChangeInput,
  ConfirmInput,
  Done,
  EmailInput,
  FinishSignUpInput,
  Invitation,
  InvitationInput,
  KeyedInput,
  MeOutput,
  ResetPasswordInput,
  RevokeSessionInput,
  SignInAnswer,
  SignInInput,
  SignUpInput,
  SignedInList,
  UpdateAccountInput,
} from "@lectern/contract/accounts";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  publicProcedure,
  signedInProcedure,
  signingInProcedure,
} from "../../../trpc/procedures.ts";
import { readAccount, updateAccount } from "./account-details.ts";
import { askForEmailChange, confirmEmailChange } from "./change-email.ts";
import { confirmByPassword } from "./confirm.ts";
import { becomeAdministrator } from "./first-administrator.ts";
import { acceptInvitation, findInvitation } from "./invitations.ts";
import { readMe } from "./me.ts";
import { changePassword, forgotPassword, resetPassword } from "./passwords.ts";
import { signIn } from "./sign-in.ts";
import { listSignIns, revokeSignIn, signOutEverywhere } from "./sign-ins.ts";
import { finishSignUp, resendVerification, signUp } from "./sign-up.ts";

const important = signedInProcedure({ needsConfirmation: true });

/** One's own account. */
export const accountRouter = router({
  /** Who is signed in, and what they can do. */
  me: publicProcedure.output(MeOutput).query((opts) => readMe(opts.ctx.db, callOf(opts))),

  /** Begins an account: the mail that is sent finishes it. Tells nobody whether there is one. */
  signUp: publicProcedure
    .input(SignUpInput)
    .output(Done)
    .mutation((opts) => signUp(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  resendVerification: publicProcedure
    .input(EmailInput)
    .output(Done)
    .mutation((opts) => resendVerification(opts.ctx.db, callOf(opts), opts.input)),

  /** Makes the account, with the link from the mail and the password that was chosen. */
  finishSignUp: publicProcedure
    .errors(mayFail("LinkNotUsable", "SignInFailed"))
    .input(FinishSignUpInput)
    .output(SignInAnswer)
    .mutation((opts) => finishSignUp(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  signIn: publicProcedure
    .errors(mayFail("SignInFailed"))
    .input(SignInInput)
    .output(SignInAnswer)
    .mutation((opts) => signIn(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  signOut: signingInProcedure()
    .errors(mayFail("NotFound"))
    .input(KeyedInput)
    .output(Done)
    .mutation((opts) =>
      revokeSignIn(opts.ctx.db, personCallOf(opts), opts.ctx, { id: opts.ctx.actor.session.id }),
    ),

  signOutEverywhere: signingInProcedure()
    .input(KeyedInput)
    .output(Done)
    .mutation((opts) => signOutEverywhere(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Where one is signed in. */
  sessions: signedInProcedure()
    .output(SignedInList)
    .query((opts) => listSignIns(opts.ctx.db, personCallOf(opts))),

  revokeSession: important
    .errors(mayFail("NotFound"))
    .input(RevokeSessionInput)
    .output(Done)
    .mutation((opts) =>
      revokeSignIn(opts.ctx.db, personCallOf(opts), opts.ctx, { id: opts.input.id }),
    ),

  /** Sends a link to set the password anew. Tells nobody whether there is an account. */
  forgotPassword: publicProcedure
    .input(EmailInput)
    .output(Done)
    .mutation((opts) => forgotPassword(opts.ctx.db, callOf(opts), opts.input)),

  resetPassword: publicProcedure
    .errors(mayFail("LinkNotUsable", "SignInFailed"))
    .input(ResetPasswordInput)
    .output(SignInAnswer)
    .mutation((opts) => resetPassword(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  changePassword: important
    .input(ChangePasswordInput)
    .output(Done)
    .mutation((opts) => changePassword(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** Asks for another address: the mail that is sent there changes it. */
  changeEmail: important
    .input(EmailInput)
    .output(Done)
    .mutation((opts) => askForEmailChange(opts.ctx.db, personCallOf(opts), opts.input)),

  confirmEmailChange: publicProcedure
    .errors(mayFail("LinkNotUsable"))
    .input(ConfirmEmailChangeInput)
    .output(Done)
    .mutation((opts) => confirmEmailChange(opts.ctx.db, callOf(opts), opts.input)),

  /** Shows again who one is, for what is important. */
  confirm: signingInProcedure()
    .errors(mayFail("SignInFailed"))
    .input(ConfirmInput)
    .output(Done)
    .mutation((opts) => confirmByPassword(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** What the academy knows of oneself. */
  details: signedInProcedure()
    .errors(mayFail("NotFound"))
    .output(Account)
    .query((opts) => readAccount(opts.ctx.db, callOf(opts), opts.ctx.actor.id)),

  update: signedInProcedure()
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(UpdateAccountInput)
    .output(Account)
    .mutation((opts) => updateAccount(opts.ctx.db, personCallOf(opts), opts.input)),

  /** What an invitation says. */
  invitation: publicProcedure
    .errors(mayFail("LinkNotUsable"))
    .input(InvitationInput)
    .output(Invitation)
    .query((opts) => findInvitation(opts.ctx.db, callOf(opts), opts.input)),

  acceptInvitation: publicProcedure
    .errors(mayFail("LinkNotUsable", "SignInFailed", "SecondFactorRequired"))
    .input(AcceptInvitationInput)
    .output(SignInAnswer)
    .mutation((opts) => acceptInvitation(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Makes the first administrator, by the link that a start prints. */
  becomeAdministrator: publicProcedure
    .errors(mayFail("LinkNotUsable", "Conflict", "SignInFailed"))
    .input(BecomeAdministratorInput)
    .output(SignInAnswer)
    .mutation((opts) => becomeAdministrator(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),
});
