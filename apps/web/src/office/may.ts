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

/** @returns whether somebody has a permission, if only for a part of the academy: the API knows for which */
export function may(me: Me, permission: Permission | undefined): boolean {
  return permission === undefined || me.permissions.includes(permission);
}
