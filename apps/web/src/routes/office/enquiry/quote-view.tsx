import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteDetail } from "@lectern/contract/quotes";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatDay } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { languageName } from "../../../format/names.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { DiscardDialog } from "./discard-dialog.tsx";
import { QuoteAnswer } from "./quote-answer.tsx";
import { QuotePreview } from "./quote-preview.tsx";
import { SendDialog } from "./send-dialog.tsx";
import { useEnquiryChanged } from "./use-enquiry.ts";
import { WithdrawDialog } from "./withdraw-dialog.tsx";

interface QuoteViewProps {
  readonly enquiry: EnquiryForStaff;
  readonly quote: QuoteDetail;
  readonly onChange: () => void;
  readonly onShow: (which: string) => void;
  readonly onClose: () => void;
}

/** A quote as it stands: what came of it, what can be done with it, and what the customer gets. */
export function QuoteView(props: QuoteViewProps) {
  const t = useTranslations("officeEnquiries");
  const mayWrite = useMay()("enquiries.write");
  const { quote } = props;
  return (
    <div className="office-enquiry-quote">
      <QuoteAnswer quote={quote} />
      {mayWrite ? <Doings {...props} /> : null}
      <RecordSection title={t("preview")}>
        <QuotePreview quote={quote} />
      </RecordSection>
      <RecordSection title={t("details")}>
        <Facts facts={useFacts(quote)} />
      </RecordSection>
      {quote.note === "" ? null : (
        <RecordSection title={t("quoteNote")}>
          <p className="office-enquiry-note">{quote.note}</p>
        </RecordSection>
      )}
    </div>
  );
}

/** What can be done with it, as it stands. */
function Doings({ enquiry, quote, onChange, onShow, onClose }: QuoteViewProps) {
  const t = useTranslations("officeEnquiries");
  const api = useApi();
  const undo = useUndo();
  const changed = useEnquiryChanged();
  const [open, setOpen] = useState<"send" | "withdraw" | "discard">();
  const copying = useCall(api.quotes.copy.mutationOptions());
  const { id, status, number } = quote;
  const close = () => setOpen(undefined);
  function copy(): void {
    copying.mutate(
      { id, idempotencyKey: copying.keyOf({ id }) },
      {
        onSuccess: (made) => {
          undo.say(t("copied", { quote: number, copy: made.number }));
          changed();
          onShow(made.id);
        },
      },
    );
  }
  return (
    <>
      <CallFailure call={copying} />
      <p className="office-enquiry-do">
        {status === "draft" ? (
          <>
            <Button onClick={() => setOpen("send")}>{t("send")}</Button>
            <Button variant="outline" onClick={onChange}>
              {t("change")}
            </Button>
          </>
        ) : null}
        {status === "sent" ? (
          <Button variant="outline" onClick={() => setOpen("withdraw")}>
            {t("withdraw")}
          </Button>
        ) : null}
        <Button variant="outline" isBusy={copying.isPending} onClick={copy}>
          {t("copy")}
        </Button>
        {status === "draft" ? (
          <Button variant="outline" onClick={() => setOpen("discard")}>
            {t("discard")}
          </Button>
        ) : null}
      </p>
      {open === "send" ? <SendDialog enquiry={enquiry} quote={quote} onClose={close} /> : null}
      {open === "withdraw" ? <WithdrawDialog quote={quote} onClose={close} /> : null}
      {open === "discard" ? <DiscardDialog quote={quote} onDone={onClose} onClose={close} /> : null}
    </>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function useFacts(quote: QuoteDetail): Fact[] {
  const t = useTranslations("officeEnquiries");
  const may = useMay();
  const { run, places, unitPrice, total, recipient, language, copiedFrom, timeZone } = quote;
  const facts: (Fact | false)[] = [
    [
      t("date"),
      may("runs.read") ? (
        <OfficeLink key="date" href={`/office/runs/${run.id}`}>
          {run.course.title}
        </OfficeLink>
      ) : (
        run.course.title
      ),
    ],
    [t("placesFree"), String(run.placesLeft)],
    [
      t("price"),
      <Localized key="price">
        {t("priceOf", {
          places: String(places),
          price: formatMoney(unitPrice),
          total: formatMoney(total),
        })}
      </Localized>,
    ],
    [t("lastDay"), formatDay(quote.lastDay)],
    [t("to"), `${recipient.name}, ${recipient.email}`],
    [t("language"), <Localized key="language">{languageName(language)}</Localized>],
    quote.sentAt !== null && [
      t("sentAt"),
      <OfficeInstant key="sent" instant={quote.sentAt} timeZone={timeZone} />,
    ],
    quote.endedAt !== null && [
      t("endedAt"),
      <OfficeInstant key="ended" instant={quote.endedAt} timeZone={timeZone} />,
    ],
    copiedFrom !== null && [t("copiedFrom"), copiedFrom.number],
  ];
  return facts.filter((fact) => fact !== false);
}
