import type { EnquiryEvent, EnquiryForStaff } from "@lectern/contract/enquiries";
import { useTranslations } from "use-intl";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { RecordSection } from "../../../office/record-page.tsx";
import { sentenceOf } from "./history-words.ts";

/** What happened to an enquiry and its quotes, in sentences, the last first. */
export function HistoryPart({ enquiry }: { enquiry: EnquiryForStaff }) {
  const t = useTranslations("officeEnquiries");
  const { history, quotes } = enquiry;
  return (
    <RecordSection title={t("history")}>
      <ol className="office-enquiry-history">
        {history.map((event) => (
          <Event
            key={event.id}
            event={event}
            number={quotes.find(({ id }) => id === event.quoteId)?.number}
          />
        ))}
      </ol>
    </RecordSection>
  );
}

function Event({ event, number }: { event: EnquiryEvent; number: string | undefined }) {
  const t = useTranslations("officeEnquiries");
  const { message, status } = sentenceOf(event);
  const { kind, name } = event.actor;
  return (
    <li>
      <OfficeInstant instant={event.at} />
      <p>
        {t("did", {
          who: name ?? t(`actor_${kind}`),
          what: t(message, {
            state: status === undefined ? "" : t(`status_${status}`),
            // A draft that was discarded has none any more.
            quote: number ?? t("aQuote"),
            action: event.action,
          }),
        })}
      </p>
    </li>
  );
}
