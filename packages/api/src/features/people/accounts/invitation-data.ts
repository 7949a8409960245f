import { CountryCode, Id, LanguageTag, line } from "@lectern/contract/primitives";
import { ORGANISATION_ROLES, Role } from "@lectern/contract/vocabulary";
import { z } from "zod";

/**
 * What is written down with an invitation (`one_time_token.data`): what whoever accepts it gets. The
 * address that it was sent to stands in the row's `email`.
 */
export const InvitationData = z
  .object({
    /** What the inviter called them; they can say otherwise. */
    name: line(200),
    role: Role,
    /** Where the role holds, as in `role_assignment`: roles of organisations have one, those of staff none. */
    organisationId: Id.nullable(),
    country: CountryCode.nullable().default(null),
    /** Of a person; `null` where a program or the operator invited. */
    inviterId: Id.nullable(),
    language: LanguageTag.nullable(),
  })
  .refine(
    ({ role, organisationId, country }) =>
      isOrganisationRole(role)
        ? organisationId !== null && country === null
        : organisationId === null,
    "a role of an organisation is given in one, and no other is",
  );
export type InvitationData = z.infer<typeof InvitationData>;

function isOrganisationRole(role: Role): boolean {
  return ORGANISATION_ROLES.some((one) => one === role);
}
