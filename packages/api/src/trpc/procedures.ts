import { isAllowed } from "@lectern/auth/actor";
import type { Permission } from "@lectern/auth/permissions";
import { withSignal } from "@lectern/database/queryable";
import type { Call } from "../call.ts";
import { DomainError } from "../domain-error.ts";
import type { RequestContext } from "./context.ts";
import { mayFail } from "./errors.ts";
import { t } from "./init.ts";

/** The base procedures: access is decided here, by name, and nowhere else. */

/** The caller's signal reaches every statement: when the caller is gone, PostgreSQL is told to stop. */
const procedure = t.procedure.use(({ ctx, signal, next }) =>
  next({ ctx: { db: signal === undefined ? ctx.db : withSignal(ctx.db, signal) } }),
);

/** Open to everybody. */
export const publicProcedure = procedure.meta({ access: { kind: "public" } });

/**
 * Open to whoever has the permission.
 *
 * @throws Unauthenticated for a caller without a token, Forbidden for one without the permission
 */
export function staffProcedure(permission: Permission) {
  return procedure
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
export function callOf(opts: { ctx: RequestContext }): Call {
  const { actor, origin, requestId, accessKeys, changed } = opts.ctx;
  return { actor, origin, requestId, accessKeys, changed };
}
