import { Done, KeyedInput, SignInAnswer } from "@lectern/contract/accounts";
import {
  FactorAdded,
  Factors,
  Passkey,
  PasskeyCompleteInput,
  PasskeyConfirmInput,
  PasskeyCreation,
  PasskeyRemoveInput,
  PasskeyRenameInput,
  PasskeyRequest,
  PasskeySignInInput,
  PasskeyStepInput,
  PasskeyStepOptionsInput,
  RecoveryCodeStepInput,
  RecoveryCodesGiven,
  TotpBegun,
  TotpCompleteInput,
  TotpConfirmInput,
  TotpStepInput,
} from "@lectern/contract/factors";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  publicProcedure,
  signedInProcedure,
  signingInProcedure,
} from "../../../trpc/procedures.ts";
import { beginPasskey } from "./changing/begin-passkey.ts";
import { beginTotp } from "./changing/begin-totp.ts";
import { completePasskey } from "./changing/complete-passkey.ts";
import { completeTotp } from "./changing/complete-totp.ts";
import { removePasskey } from "./changing/remove-passkey.ts";
import { removeTotp } from "./changing/remove-totp.ts";
import { renamePasskey } from "./changing/rename-passkey.ts";
import { renewRecoveryCodes } from "./changing/renew-recovery-codes.ts";
import { confirmOptions, confirmWithPasskey, confirmWithTotp } from "./confirming.ts";
import { readFactors } from "./read-factors.ts";
import { passkeySignInOptions, signInWithPasskey } from "./sign-in-with-passkey.ts";
import {
  passkeyStepOptions,
  signInWithPasskeyStep,
  signInWithRecoveryCode,
  signInWithTotp,
} from "./sign-in-steps.ts";

const important = signedInProcedure({ needsConfirmation: true });

/**
 * For those as well whose role needs a factor that they have yet to set up: who has just signed in has just
 * shown who they are. What completes it needs no confirmation of its own, as its proof was given to one
 * that had it.
 */
const importantWhileSigningIn = signingInProcedure({ needsConfirmation: true });

const mayRefuseStep = mayFail("SignInFailed", "LinkNotUsable");

/** Second factors: one's own, and signing in with them. */
export const factorsRouter = router({
  /** What one has set up. */
  mine: signingInProcedure()
    .output(Factors)
    .query((opts) => readFactors(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Makes the secret of an app: nothing changes until a code of it is shown. */
  beginTotp: importantWhileSigningIn
    .input(KeyedInput)
    .output(TotpBegun)
    .mutation((opts) => beginTotp(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Sets up the app, in the place of one that there was. With the first factor come recovery codes. */
  completeTotp: signingInProcedure()
    .errors(mayFail("LinkNotUsable"))
    .input(TotpCompleteInput)
    .output(FactorAdded)
    .mutation((opts) => completeTotp(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  removeTotp: important
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(KeyedInput)
    .output(Done)
    .mutation((opts) => removeTotp(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** What the browser is asked to make. */
  beginPasskey: importantWhileSigningIn
    .errors(mayFail("Conflict"))
    .input(KeyedInput)
    .output(PasskeyCreation)
    .mutation((opts) => beginPasskey(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Keeps what it made. With the first factor come recovery codes. */
  completePasskey: signingInProcedure()
    .errors(mayFail("LinkNotUsable", "Conflict"))
    .input(PasskeyCompleteInput)
    .output(FactorAdded)
    .mutation((opts) => completePasskey(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  renamePasskey: important
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(PasskeyRenameInput)
    .output(Passkey)
    .mutation((opts) => renamePasskey(opts.ctx.db, personCallOf(opts), opts.input)),

  removePasskey: important
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(PasskeyRemoveInput)
    .output(Done)
    .mutation((opts) => removePasskey(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** Makes the recovery codes anew: the old ones are worthless then. */
  renewRecoveryCodes: important
    .errors(mayFail("Conflict"))
    .input(KeyedInput)
    .output(RecoveryCodesGiven)
    .mutation((opts) => renewRecoveryCodes(opts.ctx.db, personCallOf(opts))),

  /** What the browser is asked for, to sign in with a passkey alone. */
  passkeySignInOptions: publicProcedure
    .input(KeyedInput)
    .output(PasskeyRequest)
    .mutation((opts) => passkeySignInOptions(opts.ctx.db, callOf(opts), opts.ctx)),

  signInWithPasskey: publicProcedure
    .errors(mayFail("SignInFailed"))
    .input(PasskeySignInInput)
    .output(SignInAnswer)
    .mutation((opts) => signInWithPasskey(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** The second step of signing in, by a code of an app. */
  signInWithTotp: publicProcedure
    .errors(mayRefuseStep)
    .input(TotpStepInput)
    .output(SignInAnswer)
    .mutation((opts) => signInWithTotp(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** The second step of signing in, by a recovery code. */
  signInWithRecoveryCode: publicProcedure
    .errors(mayRefuseStep)
    .input(RecoveryCodeStepInput)
    .output(SignInAnswer)
    .mutation((opts) => signInWithRecoveryCode(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** What the browser is asked for, in the second step of signing in. */
  passkeyStepOptions: publicProcedure
    .errors(mayFail("LinkNotUsable", "Conflict"))
    .input(PasskeyStepOptionsInput)
    .output(PasskeyRequest)
    .mutation((opts) => passkeyStepOptions(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** The second step of signing in, by a passkey. */
  signInWithPasskeyStep: publicProcedure
    .errors(mayRefuseStep)
    .input(PasskeyStepInput)
    .output(SignInAnswer)
    .mutation((opts) => signInWithPasskeyStep(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Shows again who one is, by a code of an app. */
  confirmWithTotp: signingInProcedure()
    .errors(mayFail("SignInFailed"))
    .input(TotpConfirmInput)
    .output(Done)
    .mutation((opts) => confirmWithTotp(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),

  /** What the browser is asked for, to show again who one is. */
  confirmOptions: signingInProcedure()
    .errors(mayFail("Conflict"))
    .input(KeyedInput)
    .output(PasskeyRequest)
    .mutation((opts) => confirmOptions(opts.ctx.db, personCallOf(opts), opts.ctx)),

  /** Shows again who one is, by a passkey. */
  confirmWithPasskey: signingInProcedure()
    .errors(mayFail("SignInFailed"))
    .input(PasskeyConfirmInput)
    .output(Done)
    .mutation((opts) => confirmWithPasskey(opts.ctx.db, personCallOf(opts), opts.ctx, opts.input)),
});
