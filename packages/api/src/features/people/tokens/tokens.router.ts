import { Done, KeyedInput } from "@lectern/contract/accounts";
import {
  TokenCreateInput,
  TokenCreated,
  TokenRevokeInput,
  TokenSelf,
  TokensListInput,
  TokensListOutput,
} from "@lectern/contract/tokens";
import { mayFail } from "../../../trpc/errors.ts";
import { router } from "../../../trpc/init.ts";
import { callOf, staffProcedure, tokenProcedure } from "../../../trpc/procedures.ts";
import { createToken } from "./create-token.ts";
import { listTokens } from "./list-tokens.ts";
import { readShownToken } from "./read-shown-token.ts";
import { revokeShownToken } from "./revoke-shown-token.ts";
import { revokeToken } from "./revoke-token.ts";

export const tokensRouter = router({
  /** Makes a token for a program, and shows it this once. */
  create: staffProcedure("tokens.write", { needsConfirmation: true })
    .errors(mayFail("Conflict", "IdempotencyMismatch"))
    .input(TokenCreateInput)
    .output(TokenCreated)
    .mutation((opts) => createToken(opts.ctx.db, callOf(opts), opts.input)),

  /** One's own tokens, or everybody's: the newest first. */
  list: staffProcedure("tokens.write")
    .input(TokensListInput)
    .output(TokensListOutput)
    .query((opts) => listTokens(opts.ctx.db, callOf(opts), opts.input)),

  /** Makes a token worthless. */
  revoke: staffProcedure("tokens.write")
    .errors(mayFail("NotFound", "IdempotencyMismatch"))
    .input(TokenRevokeInput)
    .output(Done)
    .mutation((opts) => revokeToken(opts.ctx.db, callOf(opts), opts.input)),

  /** Whose token the caller shows. */
  self: tokenProcedure.output(TokenSelf).query((opts) => readShownToken(opts.ctx.db, callOf(opts))),

  /** Makes the token worthless that the caller shows. */
  revokeSelf: tokenProcedure
    .input(KeyedInput)
    .output(Done)
    .mutation((opts) => revokeShownToken(opts.ctx.db, callOf(opts))),
});
