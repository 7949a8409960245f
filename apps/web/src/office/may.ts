import type { Me } from "@lectern/contract/accounts";
import type { Role } from "@lectern/contract/vocabulary";

/** Name of a permission, such as `runs.read`. Which there are is the server's to say. */
export type Permission = `${string}.${string}`;

/** Roles of those who are customers: what is theirs stands on the pages of their accounts. */
const CUSTOMERS: readonly Role[] = ["learner", "company_booker", "company_manager"];

/** @returns whether somebody works for the academy, if only in one country or for their own runs */
export function isStaff(me: Me): boolean {
  return me.roles.some(({ role }) => !CUSTOMERS.includes(role));
}

/** A permission, or several any of which will do. */
export type Needs = Permission | readonly Permission[];

/** @returns whether somebody has what is needed, if only for a part of the academy: the API knows for which */
export function may(me: Me, needs: Needs | undefined): boolean {
  if (needs === undefined) return true;
  return [needs].flat().some((permission) => me.permissions.includes(permission));
}
