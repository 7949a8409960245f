import type { RunSummary } from "@lectern/contract/runs";
import { Link } from "@tanstack/react-router";
import { type ComponentType, type ReactNode, createContext, use } from "react";
import { AccountPart } from "../account/account-frame.tsx";

/** The parts of a company: what stands in the address after `#`, and names its heading. */
export type OrganisationPartId =
  | "approvals"
  | "bookings"
  | "details"
  | "domains"
  | "invitations"
  | "members"
  | "period"
  | "private"
  | "seats"
  | "statement"
  | "totals";

export interface OrganisationPartProps {
  readonly id: OrganisationPartId;
  readonly title: string;
  readonly words?: ReactNode;
  readonly children: ReactNode;
}

export interface RunLinkProps {
  readonly run: RunSummary;
  readonly children: ReactNode;
}

export interface BookingLinkProps {
  readonly reference: string;
  readonly children: ReactNode;
}

export interface MemberLinkProps {
  readonly id: string;
  readonly children: ReactNode;
}

/** What stands around the parts of a company: on its own pages they look, and lead, otherwise than in the back office. */
export interface OrganisationSurroundings {
  readonly Part: ComponentType<OrganisationPartProps>;
  readonly RunLink: ComponentType<RunLinkProps>;
  readonly BookingLink: ComponentType<BookingLinkProps>;
  readonly MemberLink: ComponentType<MemberLinkProps>;
  /** What others change shows up by itself, asked for so often; `false`: on one's own pages it need not. */
  readonly againMs: number | false;
}

const OF_ACCOUNT: OrganisationSurroundings = {
  Part: AccountPart,
  RunLink: ({ run, children }) => (
    <Link to="/courses/$slug" params={{ slug: run.course.slug }}>
      {children}
    </Link>
  ),
  BookingLink: ({ reference, children }) => (
    <Link to="/bookings/$reference" params={{ reference }}>
      {children}
    </Link>
  ),
  // Of the others, one sees no more than is listed.
  MemberLink: ({ children }) => children,
  againMs: false,
};

const SurroundingsContext = createContext(OF_ACCOUNT);

export const OrganisationSurroundingsProvider = SurroundingsContext.Provider;

/** @returns what parts of a company are put in: that of its own pages, unless something else is given */
export function useOrganisationSurroundings(): OrganisationSurroundings {
  return use(SurroundingsContext);
}

/** A part of a page of a company: its heading, and what it heads. */
export function OrganisationPart(props: OrganisationPartProps) {
  const { Part } = useOrganisationSurroundings();
  return <Part {...props} />;
}
