import type { KeySubject } from "@lectern/auth/access-key";
import { type PersonActor, isAllowed, reachOf } from "@lectern/auth/actor";
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

/** What shows that somebody may see or change one thing, beside being allowed to. */
export interface Proof {
  /** What its key is for. */
  readonly key: KeySubject;
  /** Whether its owner, signed in, needs no key. */
  readonly isOwners?: boolean;
  /** What lets others do without. */
  readonly permission?: Permission;
}

/**
 * Open to whoever can prove that it is theirs to do: the use case finds nothing for anybody else, and does
 * not tell that from what is not there.
 */
export function provenProcedure({ key, isOwners = false, permission }: Proof) {
  return procedure.meta({
    access: { kind: "proven", key, isOwners, permission: permission ?? null },
  });
}

/** Open to whoever shows a token, an API token or the operator's, about that token. @throws Unauthenticated */
export const tokenProcedure = procedure
  .meta({ access: { kind: "token" } })
  .errors(mayFail("Unauthenticated"))
  .use(({ ctx, next }) => {
    if (ctx.actor.kind === "token" || ctx.actor.kind === "operator") return next();
    throw unauthenticated("This needs a token: send it as `Authorization: Bearer …`.");
  });

export interface Precautions {
  /** Whoever calls it has shown who they are within the last minutes, or is asked to. */
  readonly needsConfirmation?: boolean;
}

/** So long after somebody showed who they are, they need not do it again. */
export const CONFIRMED_FOR_MS = 10 * 60_000;

const mayBeRefused = mayFail(
  "Unauthenticated",
  "Forbidden",
  "SecondFactorRequired",
  "ConfirmationRequired",
);

/**
 * Open to whoever is signed in with a browser, about what is their own: the query sees to that, by the id
 * of `ctx.actor`. Tokens of programs can't act as a person.
 *
 * @throws Unauthenticated for anybody else, SecondFactorRequired where policy asks for one,
 *   ConfirmationRequired
 */
export function signedInProcedure({ needsConfirmation = false }: Precautions = {}) {
  return procedure
    .meta({ access: { kind: "signed_in", needsConfirmation, beforeSecondFactor: false } })
    .errors(mayBeRefused)
    .use(({ ctx, next }) => {
      const { actor } = ctx;
      if (actor.kind !== "person") throw unauthenticated("Please sign in.");
      requireSecondFactor(actor);
      if (needsConfirmation) requireConfirmation(actor);
      return next({ ctx: { actor } });
    });
}

/**
 * The same for somebody who has yet to show, or set up, the second factor that policy asks for: what they
 * need for that, and nothing else.
 *
 * @throws Unauthenticated, ConfirmationRequired
 */
export function signingInProcedure({ needsConfirmation = false }: Precautions = {}) {
  return procedure
    .meta({ access: { kind: "signed_in", needsConfirmation, beforeSecondFactor: true } })
    .errors(mayBeRefused)
    .use(({ ctx, next }) => {
      const { actor } = ctx;
      if (actor.kind !== "person") throw unauthenticated("Please sign in.");
      if (needsConfirmation) requireConfirmation(actor);
      return next({ ctx: { actor } });
    });
}

/**
 * Open to whoever has the permission everywhere.
 *
 * @throws Unauthenticated for a caller who shows nothing, Forbidden for one without the permission,
 *   SecondFactorRequired, ConfirmationRequired
 */
export function staffProcedure(
  permission: Permission,
  { needsConfirmation = false }: Precautions = {},
) {
  return procedure
    .meta({ access: { kind: "permission", permission, isScoped: false, needsConfirmation } })
    .errors(mayBeRefused)
    .use(({ ctx, next }) => {
      const { actor } = ctx;
      requireShown(ctx);
      if (!isAllowed(actor, permission)) throw forbidden(permission);
      if (needsConfirmation) requireConfirmationOf(ctx, permission);
      return next();
    });
}

/**
 * Open to whoever has the permission, if only for a part of the academy: `ctx.reach` says which, and the
 * query must keep to it.
 *
 * @throws as `staffProcedure`
 */
export function scopedProcedure(
  permission: Permission,
  { needsConfirmation = false }: Precautions = {},
) {
  return procedure
    .meta({ access: { kind: "permission", permission, isScoped: true, needsConfirmation } })
    .errors(mayBeRefused)
    .use(({ ctx, next }) => {
      const { actor } = ctx;
      requireShown(ctx);
      const reach = reachOf(actor, permission);
      if (reach === undefined) throw forbidden(permission);
      if (needsConfirmation) requireConfirmationOf(ctx, permission);
      return next({ ctx: { reach } });
    });
}

function requireShown({ actor }: RequestContext): void {
  if (actor.kind === "public") {
    throw unauthenticated(
      "This needs somebody who is signed in, or a token: send it as `Authorization: Bearer …`.",
    );
  }
  if (actor.kind === "person") requireSecondFactor(actor);
}

function requireSecondFactor({ needsSecondFactor }: PersonActor): void {
  if (needsSecondFactor === null) return;
  const { isEnrolled } = needsSecondFactor;
  throw new DomainError(
    { code: "SecondFactorRequired", data: { isEnrolled } },
    isEnrolled
      ? "Show your second factor first."
      : "Your role needs a second factor: set one up first.",
  );
}

/** What is important is done by people who show who they are, and by the operator: no program's token will do. */
function requireConfirmationOf({ actor }: RequestContext, permission: Permission): void {
  if (actor.kind === "token") throw forbidden(permission);
  if (actor.kind === "person") requireConfirmation(actor);
}

function requireConfirmation({ session }: PersonActor): void {
  if (Date.now() - session.confirmedAt.getTime() <= CONFIRMED_FOR_MS) return;
  throw new DomainError(
    { code: "ConfirmationRequired", data: {} },
    "Please confirm that it is you: this changes something important.",
  );
}

function unauthenticated(message: string): DomainError {
  return new DomainError({ code: "Unauthenticated", data: {} }, message);
}

function forbidden(permission: Permission): DomainError {
  return new DomainError(
    { code: "Forbidden", data: { permission } },
    `This needs the permission ${permission}.`,
  );
}

/** What a use case gets to know of the call, from what tRPC hands to a resolver. */
export function callOf(opts: { ctx: RequestContext }): Call {
  const { actor, origin, requestId, accessKeys, language, fields, changed } = opts.ctx;
  return { actor, origin, requestId, accessKeys, language, fields, changed };
}

/** The same of a procedure for somebody who is signed in. */
export function personCallOf(opts: {
  ctx: RequestContext & { actor: PersonActor };
}): Call & { actor: PersonActor } {
  return { ...callOf(opts), actor: opts.ctx.actor };
}
