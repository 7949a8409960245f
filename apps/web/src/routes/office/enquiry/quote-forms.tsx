import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import type { QuoteDetail } from "@lectern/contract/quotes";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Form } from "../../../forms/form.tsx";
import { QuoteFields } from "./quote-fields.tsx";
import { useEnquiryChanged } from "./use-enquiry.ts";
import { JUDGED, fieldOfPath, startOf, useQuoteDraft } from "./use-quote-draft.ts";

async function loadNew() {
  return (await import("@lectern/contract/quotes")).QuoteCreateInput;
}

async function loadChange() {
  return (await import("@lectern/contract/quotes")).QuoteUpdateInput;
}

interface NewQuoteProps {
  readonly enquiry: EnquiryForStaff;
  /** The date that it begins with. */
  readonly runId: string | undefined;
  readonly onMade: (made: QuoteDetail) => void;
}

/** Begins a quote. It is a draft until it is sent. */
export function NewQuote({ enquiry, runId, onMade }: NewQuoteProps) {
  const t = useTranslations("officeEnquiries");
  const api = useApi();
  const changed = useEnquiryChanged();
  const draft = useQuoteDraft(startOf(enquiry, undefined), runId);
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadNew,
    inputOf: (data) => ({ ...draft.termsOf(data), enquiryId: enquiry.id }),
    call: api.quotes.create.mutationOptions(),
    fieldOf: fieldOfPath,
    judgedByServer: JUDGED,
    onDone: (made) => {
      changed();
      onMade(made);
    },
  });
  return (
    <Form {...formProps} onInput={draft.follow}>
      <CallFailure call={sending} />
      <QuoteFields enquiryId={enquiry.id} draft={draft} problems={problems} />
      <p>
        <Button type="submit" isBusy={sending.isPending}>
          {t("makeDraft")}
        </Button>
      </p>
    </Form>
  );
}

interface ChangeQuoteProps {
  readonly enquiry: EnquiryForStaff;
  readonly quote: QuoteDetail;
  readonly onEnd: () => void;
}

/** Changes a draft. */
export function ChangeQuote({ enquiry, quote, onEnd }: ChangeQuoteProps) {
  const tOffice = useTranslations("office");
  const api = useApi();
  const changed = useEnquiryChanged();
  const draft = useQuoteDraft(startOf(enquiry, quote), quote.run.id);
  const { id, version } = quote;
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadChange,
    inputOf: (data) => ({ ...draft.termsOf(data), id, version }),
    call: api.quotes.update.mutationOptions(),
    fieldOf: fieldOfPath,
    judgedByServer: JUDGED,
    onDone: () => {
      changed();
      onEnd();
    },
  });
  return (
    <Form {...formProps} onInput={draft.follow}>
      <CallFailure call={sending} />
      <QuoteFields enquiryId={enquiry.id} draft={draft} problems={problems} />
      <p className="office-enquiry-do">
        <Button type="submit" isBusy={sending.isPending}>
          {tOffice("save")}
        </Button>
        <Button variant="outline" onClick={onEnd}>
          {tOffice("cancel")}
        </Button>
      </p>
    </Form>
  );
}
