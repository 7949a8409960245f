import type { Role } from "@lectern/contract/vocabulary";
import { PERMISSIONS, type Permission, type ScopeKind, scopesOf } from "./permissions.ts";

/**
 * The roles, as sets of permissions. Everybody who is signed in has what is their own beside that:
 * their bookings, places and account. It needs no permission, and is found by their id.
 */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
  learner: [],
  /** Of the runs that they teach. */
  instructor: ["runs.read", "runs.roster", "runs.message", "attendance.write"],
  /** Of their organisation. */
  company_booker: ["organisations.read", "bookings.read.any", "bookings.make.any"],
  company_manager: [
    "organisations.read",
    "organisations.write",
    "organisations.members",
    "bookings.read.any",
    "bookings.make.any",
    "bookings.change.any",
    "bookings.cancel.any",
  ],
  course_editor: [
    "courses.read",
    "courses.write",
    "courses.publish",
    "articles.write",
    "catalogue.import",
    "catalogue.export",
    "runs.read",
    "tokens.write",
  ],
  sales: [
    "courses.read",
    "runs.read",
    "runs.write",
    "runs.roster",
    "runs.message",
    "attendance.write",
    "bookings.read.any",
    "bookings.make.any",
    "bookings.change.any",
    "bookings.cancel.any",
    "bookings.decide",
    "discounts.read",
    "enquiries.read",
    "enquiries.write",
    "reports.read",
    "mail.read",
    "people.read",
    "organisations.read",
    "organisations.write",
    "organisations.create",
    "organisations.members",
    "catalogue.export",
    "tokens.write",
  ],
  finance: [
    "courses.read",
    "runs.read",
    "runs.roster",
    "bookings.read.any",
    "payments.write",
    "discounts.read",
    "discounts.write",
    "reports.read",
    "people.read",
    "organisations.read",
    "audit.read",
    "tokens.write",
  ],
  administrator: PERMISSIONS,
};

/** Where a role holds. */
export type Scope =
  | { readonly kind: "everywhere" }
  | { readonly kind: "country"; readonly country: string }
  | { readonly kind: "organisation"; readonly organisationId: string }
  /** The runs that this person teaches. */
  | { readonly kind: "own_runs"; readonly personId: string };

/** A role that somebody has, and where. */
export interface Grant {
  readonly role: Role;
  readonly scope: Scope;
}

/** An assignment of a role, as it is kept. */
export interface Assignment {
  readonly role: Role;
  readonly organisationId: string | null;
  readonly country: string | null;
}

/** @returns what an assignment of a role comes to for this person */
export function grantOf(assignment: Assignment, personId: string): Grant {
  const { role, organisationId, country } = assignment;
  return { role, scope: scopeOf() };

  function scopeOf(): Scope {
    if (organisationId !== null) return { kind: "organisation", organisationId };
    if (role === "instructor") return { kind: "own_runs", personId };
    return country === null ? { kind: "everywhere" } : { kind: "country", country };
  }
}

/** @returns whether the role is one of those who work for the academy */
export function isStaffRole(role: Role): boolean {
  return role !== "learner" && role !== "company_booker" && role !== "company_manager";
}

/** @returns whether a grant gives this permission: one that can't be held for its scope is not given */
export function gives({ role, scope }: Grant, permission: Permission): boolean {
  if (!PERMISSIONS_OF[role].includes(permission)) return false;
  if (scope.kind === "everywhere") return true;
  const scopes: readonly ScopeKind[] = scopesOf(permission);
  return scopes.includes(scope.kind);
}
