import { Done, SignInAnswer } from "@lectern/contract/accounts";
import {
  IdentityAnswer,
  IdentityBeginInput,
  IdentityBegun,
  IdentityFinishInput,
  IdentityLinkInput,
  IdentityLinkOwnInput,
  IdentityOptions,
  IdentityOptionsInput,
  IdentityProvider,
  IdentityProviderChangeInput,
  IdentityProviderCreateInput,
  IdentityProviderUpdateInput,
  IdentityProvidersInput,
  IdentityProvidersOutput,
  IdentityUnlinkInput,
  LinkedIdentities,
} from "@lectern/contract/identity";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import {
  callOf,
  personCallOf,
  publicProcedure,
  signedInProcedure,
  staffProcedure,
} from "../../../trpc/procedures.ts";
import { beginSignIn } from "./begin-sign-in.ts";
import { finishSignIn } from "./finish-sign-in.ts";
import { linkByPassword, linkOwn } from "./link-identity.ts";
import { listLinked, unlinkIdentity } from "./linked-identities.ts";
import { listOptions } from "./list-options.ts";
import { createProvider } from "./providers/create-provider.ts";
import { disableProvider, enableProvider } from "./providers/enable-provider.ts";
import { listProviders } from "./providers/list-providers.ts";
import { removeProvider } from "./providers/remove-provider.ts";
import { updateProvider } from "./providers/update-provider.ts";

const changing = staffProcedure("identity.write", { needsConfirmation: true }).errors(
  mayFail("NotFound", "Conflict", "IdempotencyMismatch"),
);
const important = signedInProcedure({ needsConfirmation: true });

/** Signing in at the provider of one's company, or of the academy's staff. */
export const identityRouter = router({
  /** The providers by which people sign in, newest first. */
  listProviders: staffProcedure("identity.write")
    .input(IdentityProvidersInput)
    .output(IdentityProvidersOutput)
    .query((opts) => listProviders(opts.ctx.db, opts.ctx, opts.input)),

  createProvider: changing
    .input(IdentityProviderCreateInput)
    .output(IdentityProvider)
    .mutation((opts) => createProvider(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  updateProvider: changing
    .input(IdentityProviderUpdateInput)
    .output(IdentityProvider)
    .mutation((opts) => updateProvider(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Lets people sign in there again. */
  enableProvider: changing
    .input(IdentityProviderChangeInput)
    .output(IdentityProvider)
    .mutation((opts) => enableProvider(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Lets nobody sign in there any more, until it is enabled again. */
  disableProvider: changing
    .input(IdentityProviderChangeInput)
    .output(IdentityProvider)
    .mutation((opts) => disableProvider(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Removes a provider, and who people are to it. */
  removeProvider: changing
    .input(IdentityProviderChangeInput)
    .output(Done)
    .mutation((opts) => removeProvider(opts.ctx.db, callOf(opts), opts.input)),

  /** Where somebody could sign in. Tells nobody whether there is an account. */
  options: publicProcedure
    .input(IdentityOptionsInput)
    .output(IdentityOptions)
    .query((opts) => listOptions(opts.ctx.db, opts.input)),

  /** Sends the browser to a provider. */
  begin: publicProcedure
    .errors(mayFail("NotFound", "ProviderUnreachable"))
    .input(IdentityBeginInput)
    .output(IdentityBegun)
    .mutation((opts) => beginSignIn(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Lets in whoever comes back from there. */
  finish: publicProcedure
    .errors(mayFail("LinkNotUsable", "SignInFailed", "ProviderUnreachable"))
    .input(IdentityFinishInput)
    .output(IdentityAnswer)
    .mutation((opts) => finishSignIn(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** Links the account with the same address, for whoever knows its password, and signs in. */
  link: publicProcedure
    .errors(mayFail("LinkNotUsable", "SignInFailed", "SecondFactorRequired", "Conflict"))
    .input(IdentityLinkInput)
    .output(SignInAnswer)
    .mutation((opts) => linkByPassword(opts.ctx.db, callOf(opts), opts.ctx, opts.input)),

  /** The same for whoever is signed in to that account. */
  linkOwn: important
    .errors(mayFail("LinkNotUsable", "Conflict"))
    .input(IdentityLinkOwnInput)
    .output(Done)
    .mutation((opts) => linkOwn(opts.ctx.db, personCallOf(opts), opts.input)),

  /** At which providers one can sign in oneself. */
  linked: signedInProcedure()
    .output(LinkedIdentities)
    .query((opts) => listLinked(opts.ctx.db, personCallOf(opts))),

  unlink: important
    .errors(mayFail("NotFound", "Conflict", "IdempotencyMismatch"))
    .input(IdentityUnlinkInput)
    .output(Done)
    .mutation((opts) => unlinkIdentity(opts.ctx.db, personCallOf(opts), opts.input)),
});
