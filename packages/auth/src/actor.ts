import { PERMISSIONS, type Permission } from "./permissions.ts";
import { type Grant, gives } from "./roles.ts";

/** Who makes a request. */
export type Actor =
  | { readonly kind: "public" }
  | PersonActor
  | TokenActor
  | {
      readonly kind: "operator";
      /** Stable and not secret: names the token in the audit log. */
      readonly id: string;
      readonly permissions: ReadonlySet<Permission>;
    }
  | { readonly kind: "system"; readonly id: string };

/** Somebody who signed in with a browser. */
export interface PersonActor {
  readonly kind: "person";
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly Grant[];
  readonly session: {
    readonly id: string;
    /** Whether a second factor was shown. */
    readonly hasSecondFactor: boolean;
    /** When they last showed who they are. */
    readonly confirmedAt: Date;
  };
  /**
   * Set where policy asks for a second factor that was not shown: nothing is granted until then.
   * `enrolled`: they have one, and need only show it.
   */
  readonly needsSecondFactor: { readonly isEnrolled: boolean } | null;
}

/** A program that shows an API token. It can do no more than whoever made the token. */
export interface TokenActor {
  readonly kind: "token";
  /** Of the token. */
  readonly id: string;
  readonly personId: string;
  readonly grants: readonly Grant[];
  readonly permissions: ReadonlySet<Permission>;
}

export const PUBLIC_ACTOR: Actor = { kind: "public" };

/**
 * @param id names the token in the audit log
 * @returns the actor of somebody who holds the operator token, who may do everything
 */
export function operatorActor(id: string): Actor {
  return { kind: "operator", id, permissions: new Set(PERMISSIONS) };
}

/** Where a permission holds: the union of these. */
export interface Reach {
  readonly everywhere: boolean;
  /** ISO 3166-1 codes of venues. */
  readonly countries: readonly string[];
  readonly organisationIds: readonly string[];
  /** The person whose runs, as an instructor, it holds for. */
  readonly instructorId: string | null;
}

export const EVERYWHERE: Reach = {
  everywhere: true,
  countries: [],
  organisationIds: [],
  instructorId: null,
};

/** @returns where the actor may do what the permission names; `undefined` where that is nowhere */
export function reachOf(actor: Actor, permission: Permission): Reach | undefined {
  switch (actor.kind) {
    case "public":
      return undefined;
    case "operator":
      return actor.permissions.has(permission) ? EVERYWHERE : undefined;
    case "system":
      return EVERYWHERE;
    case "person":
      return actor.needsSecondFactor === null ? unionOf(actor.grants, permission) : undefined;
    case "token":
      return actor.permissions.has(permission) ? unionOf(actor.grants, permission) : undefined;
  }
}

function unionOf(grants: readonly Grant[], permission: Permission): Reach | undefined {
  const scopes = grants.filter((grant) => gives(grant, permission)).map(({ scope }) => scope);
  if (scopes.length === 0) return undefined;
  if (scopes.some(({ kind }) => kind === "everywhere")) return EVERYWHERE;
  return {
    everywhere: false,
    countries: scopes.flatMap((scope) => (scope.kind === "country" ? [scope.country] : [])),
    organisationIds: scopes.flatMap((scope) =>
      scope.kind === "organisation" ? [scope.organisationId] : [],
    ),
    instructorId: scopes.find((scope) => scope.kind === "own_runs")?.personId ?? null,
  };
}

/** Whether this actor may do what the permission names, everywhere. Lectern's own jobs may do everything. */
export function isAllowed(actor: Actor, permission: Permission): boolean {
  return reachOf(actor, permission)?.everywhere === true;
}

/** @returns the person who acts, by a browser or by a token of theirs; `null` for anybody else */
export function personOf(actor: Actor): string | null {
  if (actor.kind === "person") return actor.id;
  return actor.kind === "token" ? actor.personId : null;
}

/**
 * @returns the person whose own things the actor may use: somebody signed in who owes no second factor; a
 *   program acts for nobody
 */
export function ownerOf(actor: Actor): string | null {
  return actor.kind === "person" && actor.needsSecondFactor === null ? actor.id : null;
}
