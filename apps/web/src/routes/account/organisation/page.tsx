import { getRouteApi } from "@tanstack/react-router";
import { OrganisationFrame } from "../../../organisation/organisation-frame.tsx";
import { mayBook, mayManage } from "../../../organisation/organisation-role.ts";
import { Seats } from "../../../organisation/seats.tsx";
import { Approvals } from "./approvals.tsx";
import { Bookings } from "./bookings.tsx";
import { PrivateRuns } from "./private-runs.tsx";

const route = getRouteApi("/account/organisation/$id");

/** What a company has: places, dates of its own and bookings, as far as somebody may see them. */
export function OrganisationPage() {
  const { id } = route.useParams();
  return (
    <OrganisationFrame id={id}>
      {(organisation, me) => (
        <>
          {mayManage(organisation) ? <Approvals organisationId={id} /> : null}
          {mayBook(organisation) ? (
            <Seats organisationId={id} mayChange={mayManage(organisation)} />
          ) : null}
          <PrivateRuns organisation={organisation} me={me} />
          {mayBook(organisation) ? <Bookings organisationId={id} /> : null}
        </>
      )}
    </OrganisationFrame>
  );
}
