import { isAllowed } from "@lectern/auth/actor";
import type { Permission } from "@lectern/auth/permissions";
import type { Call } from "../call.ts";
import { DomainError } from "../domain-error.ts";
import type { RequestContext } from "./context.ts";
import { mayFail } from "./errors.ts";
import { t } from "./init.ts";

/** The base procedures: access is decided here, by name, and nowhere else. */

/** Open to everybody. */
export const publicProcedure = t.procedure.meta({ access: { kind: "public" } });

/**
 * Open to whoever has the permission.
 *
 * @throws Unauthenticated for a caller without a token, Forbidden for one without the permission
 */
export function staffProcedure(permission: Permission) {
  return t.procedure
    .meta({ access: { kind: "staff", permission } })
    .errors(mayFail("Unauthenticated", "Forbidden"))
    .use(({ ctx, next }) => {
      if (ctx.actor.kind === "public") {
        throw new DomainError(
          { code: "Unauthenticated", data: {} },
          "This needs an operator token: send it as `Authorization: Bearer …`.",
        );
      }
      if (!isAllowed(ctx.actor, permission)) {
        throw new DomainError(
          { code: "Forbidden", data: { permission } },
          `This needs the permission ${permission}.`,
        );
      }
      return next();
    });
}

/** What a use case gets to know of the call, from what tRPC hands to a resolver. */
export function callOf(opts: { ctx: RequestContext; signal: AbortSignal | undefined }): Call {
  return {
    actor: opts.ctx.actor,
    requestId: opts.ctx.requestId,
    accessKeys: opts.ctx.accessKeys,
    signal: opts.signal,
  };
}
