import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteDetail } from "@lectern/contract/quotes";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { SidePanel } from "../../../office/side-panel.tsx";
import { QuoteBadge } from "../enquiries/quote-badge.tsx";
import { ChangeQuote, NewQuote } from "./quote-forms.tsx";
import { QuoteView } from "./quote-view.tsx";
import { useQuote } from "./use-enquiry.ts";

interface QuotePanelProps {
  /** Id of a quote, or `new`. */
  readonly which: string;
  readonly enquiry: EnquiryForStaff;
  readonly runId: string | undefined;
  readonly onShow: (which: string) => void;
  readonly onClose: () => void;
}

/** One quote beside its enquiry: read, changed, sent. */
export function QuotePanel({ which, enquiry, runId, onShow, onClose }: QuotePanelProps) {
  const t = useTranslations("officeEnquiries");
  if (which === "new") {
    return (
      <SidePanel title={t("newQuote")} onClose={onClose}>
        <NewQuote enquiry={enquiry} runId={runId} onMade={({ id }) => onShow(id)} />
      </SidePanel>
    );
  }
  return <OfQuote id={which} enquiry={enquiry} onShow={onShow} onClose={onClose} />;
}

interface OfQuoteProps extends Omit<QuotePanelProps, "which" | "runId"> {
  readonly id: string;
}

function OfQuote({ id, enquiry, onShow, onClose }: OfQuoteProps) {
  const t = useTranslations("officeEnquiries");
  const query = useQuote(id);
  // As it was when it was taken in hand: who else changes it meanwhile is told of by the server.
  const [changed, setChanged] = useState<QuoteDetail>();
  const content = useFocusOnChange<HTMLDivElement>(changed === undefined);
  return (
    <SidePanel
      title={<span className="figures">{query.data?.number ?? t("quote")}</span>}
      badge={query.data === undefined ? undefined : <QuoteBadge quote={query.data} />}
      onClose={onClose}
    >
      <div ref={content} tabIndex={-1} className="office-enquiry-focus">
        <Loaded query={query}>
          {(quote) =>
            changed === undefined ? (
              <QuoteView
                enquiry={enquiry}
                quote={quote}
                onChange={() => setChanged(quote)}
                onShow={onShow}
                onClose={onClose}
              />
            ) : (
              <ChangeQuote enquiry={enquiry} quote={changed} onEnd={() => setChanged(undefined)} />
            )
          }
        </Loaded>
      </div>
    </SidePanel>
  );
}
