import type { OrganisationInvitation } from "@lectern/contract/organisations";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../account/call-failure.tsx";
import { Loaded } from "../account/loaded.tsx";
import { Said } from "../account/said.tsx";
import { useCall } from "../account/use-call.ts";
import { Button } from "../components/button.tsx";
import { Localized } from "../components/localized.tsx";
import { useApi } from "../data/api.ts";
import { formatInstant } from "../format/dates.ts";
import { FurtherItems } from "../account/further-items.tsx";
import { InviteForm } from "./invite-form.tsx";
import { OrganisationPart, useOrganisationSurroundings } from "./organisation-surroundings.tsx";
import "./organisation-people.css";

interface InvitationsProps {
  readonly organisationId: string;
  /** Whether they can be withdrawn, and others be invited. */
  readonly mayChange?: boolean;
}

/** Who is invited to a company, and a way to invite more. */
export function Invitations({ organisationId, mayChange = true }: InvitationsProps) {
  const t = useTranslations("organisation");
  const { againMs } = useOrganisationSurroundings();
  const api = useApi();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState("");
  const invitations = useInfiniteQuery(
    api.organisations.invitations.infiniteQueryOptions(
      { organisationId },
      { getNextPageParam: ({ nextCursor }) => nextCursor, staleTime: 0, refetchInterval: againMs },
    ),
  );
  function readAgain(): void {
    void queryClient.invalidateQueries(api.organisations.invitations.pathFilter());
  }
  return (
    <OrganisationPart id="invitations" title={t("invitations")} words={t("invitationsWords")}>
      <Loaded query={invitations}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <p>{t("invitationsNone")}</p>;
          return (
            <>
              <ul className="organisation-people">
                {items.map((invitation) => (
                  <OneInvitation
                    key={invitation.id}
                    organisationId={organisationId}
                    invitation={invitation}
                    mayChange={mayChange}
                    onWithdrawn={readAgain}
                  />
                ))}
              </ul>
              <FurtherItems list={invitations} shown={items.length} total={pages[0]?.total ?? 0} />
            </>
          );
        }}
      </Loaded>
      <Said>{said}</Said>
      {isOpen ? (
        <InviteForm
          organisationId={organisationId}
          onInvited={({ email }) => {
            setIsOpen(false);
            setSaid(t("invited", { email }));
            readAgain();
          }}
          onClose={() => setIsOpen(false)}
        />
      ) : !mayChange ? null : (
        <p>
          <Button
            variant="outline"
            onClick={() => {
              setSaid("");
              setIsOpen(true);
            }}
          >
            {t("invite")}
          </Button>
        </p>
      )}
    </OrganisationPart>
  );
}

interface OneInvitationProps {
  readonly organisationId: string;
  readonly invitation: OrganisationInvitation;
  readonly mayChange: boolean;
  readonly onWithdrawn: () => void;
}

function OneInvitation(props: OneInvitationProps) {
  const { organisationId, invitation, mayChange, onWithdrawn } = props;
  const t = useTranslations("organisation");
  const { id, name, email, role, expiresAt } = invitation;
  const withdrawing = useCall(
    useApi().organisations.withdrawInvitation.mutationOptions({ onSuccess: onWithdrawn }),
  );
  const wish = { organisationId, id };
  return (
    <li className="organisation-person">
      <div>
        <p className="organisation-person-name">{name}</p>
        <p className="facts">
          <span>{email}</span>
          <span>{t(`role_${role}`)}</span>
          <span>
            <Localized>{t("invitedUntil", { until: formatInstant(expiresAt) })}</Localized>
          </span>
        </p>
      </div>
      {mayChange ? (
        <Button
          size="small"
          variant="outline"
          isBusy={withdrawing.isPending}
          onClick={() => withdrawing.mutate({ ...wish, idempotencyKey: withdrawing.keyOf(wish) })}
        >
          <span aria-hidden="true">{t("withdraw")}</span>
          <span className="visually-hidden">{t("withdrawOf", { name })}</span>
        </Button>
      ) : null}
      <CallFailure call={withdrawing} />
    </li>
  );
}
