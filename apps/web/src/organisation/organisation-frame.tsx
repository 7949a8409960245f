import type { Me } from "@lectern/contract/accounts";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { AccountPages } from "../account/account-frame.tsx";
import { SignedIn } from "../account/signed-in.tsx";
import { LinkButton } from "../components/button.tsx";
import { EmptyState } from "../components/empty-state.tsx";
import { AccountWords } from "../messages/account-words.tsx";
import { BookingWords } from "../messages/booking-words.tsx";
import { type OwnOrganisation, mayBook, mayManage, organisationsOf } from "./organisation-role.ts";
import "./organisation-frame.css";

interface OrganisationFrameProps {
  readonly id: string;
  /** Who may see the page; everybody in the company, unless it is said. */
  readonly isFor?: (organisation: OwnOrganisation) => boolean;
  readonly children: (organisation: OwnOrganisation, me: Me) => ReactNode;
}

/** What stands around the pages of a company: its name, the pages that somebody may see, and their other companies. */
export function OrganisationFrame({ id, isFor, children }: OrganisationFrameProps) {
  return (
    <AccountWords>
      {/* Of places, and why one can't be changed. */}
      <BookingWords>
        <SignedIn>
          {(me) => {
            const own = organisationsOf(me);
            const organisation = own.find((each) => each.id === id);
            if (organisation === undefined || isFor?.(organisation) === false) return <Gone />;
            return (
              <Frame key={id} organisation={organisation} own={own}>
                {children(organisation, me)}
              </Frame>
            );
          }}
        </SignedIn>
      </BookingWords>
    </AccountWords>
  );
}

function Gone() {
  const t = useTranslations("organisation");
  return (
    <div className="page section">
      <EmptyState title={t("goneTitle")} words={t("goneWords")}>
        <LinkButton to="/account/organisation" variant="outline">
          {t("all")}
        </LinkButton>
      </EmptyState>
    </div>
  );
}

/** More of them are a step away. */
const OTHERS_MAX = 5;

interface FrameProps {
  readonly organisation: OwnOrganisation;
  readonly own: readonly OwnOrganisation[];
  readonly children: ReactNode;
}

function Frame({ organisation, own, children }: FrameProps) {
  const t = useTranslations("organisation");
  const { id, name } = organisation;
  const params = { id };
  const others = own.filter((each) => each.id !== id);
  return (
    <div className="page organisation-frame">
      <header className="page-head">
        <h1>{name}</h1>
        <AccountPages />
        <div className="organisation-frame-ways">
          <nav aria-label={t("pages")}>
            <ul>
              <li>
                <Link
                  to="/account/organisation/$id"
                  params={params}
                  activeOptions={{ exact: true }}
                >
                  {t("overview")}
                </Link>
              </li>
              {mayBook(organisation) ? (
                <li>
                  <Link to="/account/organisation/$id/spending" params={params}>
                    {t("spending")}
                  </Link>
                </li>
              ) : null}
              {mayManage(organisation) ? (
                <>
                  <li>
                    <Link to="/account/organisation/$id/people" params={params}>
                      {t("people")}
                    </Link>
                  </li>
                  <li>
                    <Link to="/account/organisation/$id/details" params={params}>
                      {t("details")}
                    </Link>
                  </li>
                </>
              ) : null}
            </ul>
          </nav>
          <nav aria-label={t("companies")} className="organisation-frame-others">
            <ul>
              {others.slice(0, OTHERS_MAX).map((other) => (
                <li key={other.id}>
                  <Link to="/account/organisation/$id" params={{ id: other.id }}>
                    {other.name}
                  </Link>
                </li>
              ))}
              <li>
                <Link to="/account/organisation" activeOptions={{ exact: true }}>
                  {t("all")}
                </Link>
              </li>
            </ul>
          </nav>
        </div>
      </header>
      {children}
    </div>
  );
}
