import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { useTranslations } from "use-intl";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Localized } from "../../../components/localized.tsx";
import { formatAgo } from "../../../format/ago.ts";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { BulkBar } from "../../../office/bulk-bar.tsx";
import { type OfficeColumn, OfficeTable } from "../../../office/office-table.tsx";
import { useSelection } from "../../../office/use-selection.ts";
import { EnquiryBadge } from "./enquiry-badge.tsx";
import { QuoteBadge } from "./quote-badge.tsx";
import { useBulkActions } from "./use-bulk-actions.ts";
import type { EnquiryList } from "./use-enquiries.ts";
import { useNow } from "./use-now.ts";

function keyOf({ id }: EnquiryListItem): string {
  return id;
}

/** Enquiries in one list, of which many can be dealt with at once. */
export function EnquiriesTable({ list }: { list: EnquiryList }) {
  const t = useTranslations("officeEnquiries");
  const selection = useSelection(keyOf);
  const actions = useBulkActions();
  const nameOf = ({ name, company }: EnquiryListItem) =>
    company === null ? name : t("nameOf", { name, company });
  return (
    <>
      <OfficeTable
        label={t("title")}
        list={list}
        columns={useColumns()}
        keyOf={keyOf}
        nameOf={nameOf}
        hrefOf={({ id }) => `/office/enquiries/${id}`}
        {...(actions.length > 0 && { selection })}
        empty={<EmptyState title={t("noneTitle")} words={t("noneWords")} />}
      />
      <BulkBar selection={selection} keyOf={keyOf} nameOf={nameOf} actions={actions} />
    </>
  );
}

function useColumns(): OfficeColumn<EnquiryListItem>[] {
  const t = useTranslations("officeEnquiries");
  const now = useNow();
  return [
    {
      id: "name",
      head: t("from"),
      cell: ({ name, company, email }) => (
        <span className="enquiries-two">
          <span>{name}</span>
          <span>{company ?? email}</span>
        </span>
      ),
      width: "minmax(11rem, 1.6fr)",
    },
    {
      id: "status",
      head: t("state"),
      cell: ({ status }) => <EnquiryBadge status={status} />,
      width: "8rem",
    },
    {
      id: "about",
      head: t("about"),
      cell: ({ kind, course }) => (
        <span className="enquiries-two">
          <span>{t(`kind_${kind}`)}</span>
          {course === null ? null : <span>{course.title}</span>}
        </span>
      ),
      width: "minmax(11rem, 2fr)",
    },
    {
      id: "participants",
      head: t("participants"),
      cell: ({ participants }) => (participants === null ? "" : String(participants)),
      width: "6.5rem",
      isNumber: true,
    },
    {
      id: "quote",
      head: t("quote"),
      cell: ({ quote }) =>
        quote === null ? (
          ""
        ) : (
          <span className="enquiries-two">
            <QuoteBadge quote={quote} />
            <span>
              {quote.number}, <Localized>{formatMoney(quote.total)}</Localized>
            </span>
          </span>
        ),
      width: "minmax(9rem, 1.2fr)",
    },
    {
      id: "received",
      head: t("received"),
      cell: ({ createdAt }) => (
        <time dateTime={createdAt} title={formatInstant(createdAt)} suppressHydrationWarning>
          {formatAgo(createdAt, now)}
        </time>
      ),
      width: "minmax(7rem, 0.8fr)",
    },
  ];
}
