import type { EnquiryListItem } from "@lectern/contract/enquiries";
import type { PointerEvent } from "react";
import { useTranslations } from "use-intl";
import { Localized } from "../../../components/localized.tsx";
import { formatAgo } from "../../../format/ago.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { type Action, ActionsMenu } from "../../../office/actions-menu.tsx";
import { OfficeLink } from "../../../office/office-link.tsx";
import { QuoteBadge } from "./quote-badge.tsx";
import "./enquiry-card.css";

interface EnquiryCardProps {
  readonly enquiry: EnquiryListItem;
  /** In ms: its age is counted from there. */
  readonly now: number;
  readonly actions: readonly Action[];
  /** Whether the keyboard reaches it by Tab: one in each column; arrows go to the others. */
  readonly isReachable: boolean;
  readonly isLifted: boolean;
  readonly isMoving: boolean;
  /** Without it, it can't be moved. */
  readonly onPointerDown?: ((event: PointerEvent) => void) | undefined;
  readonly onFocus: () => void;
}

/** An enquiry on the board: opens its page, and is moved by dragging, by its menu, and by Shift with an arrow. */
export function EnquiryCard(props: EnquiryCardProps) {
  const t = useTranslations("officeEnquiries");
  const { enquiry, now, actions, isReachable, onPointerDown } = props;
  const tabIndex = isReachable ? 0 : -1;
  return (
    <li
      className="enquiry-card"
      data-card={enquiry.id}
      data-lifted={props.isLifted}
      data-movable={onPointerDown !== undefined}
      aria-busy={props.isMoving}
      onPointerDown={onPointerDown}
      onFocus={props.onFocus}
      // The browser's own dragging, of links, would be in the way.
      onDragStart={(event) => event.preventDefault()}
    >
      <h3>
        <OfficeLink
          href={`/office/enquiries/${enquiry.id}`}
          className="enquiry-card-open"
          tabIndex={tabIndex}
        >
          {enquiry.name}
        </OfficeLink>
      </h3>
      <ActionsMenu
        label={t("actionsOf", { name: enquiry.name })}
        actions={actions}
        tabIndex={tabIndex}
      />
      <CardFacts enquiry={enquiry} now={now} />
    </li>
  );
}

/** What a card says below the name. */
export function CardFacts({ enquiry, now }: { enquiry: EnquiryListItem; now: number }) {
  const t = useTranslations("officeEnquiries");
  const { company, course, kind, participants, createdAt, quote } = enquiry;
  return (
    <div className="enquiry-card-facts">
      {company === null ? null : <p className="enquiry-card-company">{company}</p>}
      {course === null ? null : <p>{course.title}</p>}
      <p>
        {t(`kind_${kind}`)}
        {participants === null ? null : <>, {t("people", { count: participants })}</>}
      </p>
      {quote === null ? null : (
        <p className="enquiry-card-quote">
          <QuoteBadge quote={quote} />
          <Localized>{formatMoney(quote.total)}</Localized>
        </p>
      )}
      <p className="enquiry-card-age">
        <time dateTime={createdAt} title={formatInstant(createdAt)} suppressHydrationWarning>
          {formatAgo(createdAt, now)}
        </time>
      </p>
    </div>
  );
}
