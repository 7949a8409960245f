import type { Me } from "@lectern/contract/accounts";
import type { OrganisationRole } from "@lectern/contract/vocabulary";
import { compareNames } from "../format/names.ts";

/** A company that somebody is in, and what they are there. */
export interface OwnOrganisation {
  readonly id: string;
  readonly name: string;
  readonly role: OrganisationRole;
}

const ROLES: readonly string[] = [
  "learner",
  "company_booker",
  "company_manager",
] satisfies OrganisationRole[];

function isOrganisationRole(role: string): role is OrganisationRole {
  return ROLES.includes(role);
}

/** @returns the companies that somebody is in, by their names */
export function organisationsOf({ roles }: Pick<Me, "roles">): OwnOrganisation[] {
  return roles
    .flatMap(({ role, organisation }) =>
      organisation !== null && isOrganisationRole(role) ? [{ ...organisation, role }] : [],
    )
    .toSorted((one, other) => compareNames(one.name, other.name));
}

/** Whether somebody sees what is booked for a company, and may book for it. */
export function mayBook({ role }: Pick<OwnOrganisation, "role">): boolean {
  return role !== "learner";
}

/** Whether somebody changes bookings of others, its people, and what it is. */
export function mayManage({ role }: Pick<OwnOrganisation, "role">): boolean {
  return role === "company_manager";
}
