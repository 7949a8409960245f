import { getRouteApi } from "@tanstack/react-router";
import { Invitations } from "../../../organisation/invitations.tsx";
import { Members } from "../../../organisation/members.tsx";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayManage } from "../../../organisation/organisation-role.ts";

const route = getRouteApi("/account/organisation/$id/people");

/** Who is in a company, and who is invited: for who manages it. */
export function OrganisationPeoplePage() {
  const { id } = route.useParams();
  return (
    <OrganisationFrame id={id} isFor={mayManage}>
      {(_, me) => (
        <>
          <Members organisationId={id} ownId={me.id} />
          <Invitations organisationId={id} />
        </>
      )}
    </OrganisationFrame>
  );
}
