import { TextInput } from "@mantine/core";
import { GROUP_PLACES_MAX } from "@lectern/contract/bookings";
import { useTranslations } from "use-intl";
import { SelectField } from "../../../account/select-field.tsx";
import { Localized } from "../../../components/localized.tsx";
import { LongTextField, TextField, useProblem } from "../../../forms/fields.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";
import { languageName } from "../../../format/names.ts";
import { languages } from "../../../language/languages.ts";
import { useMay } from "../../../office/office-me.ts";
import { OfficeLink } from "../../../office/office-link.tsx";
import { OfficeTime } from "../../../office/office-time.tsx";
import { FindField } from "../bookings/find-field.tsx";
import { QuoteTotal } from "./quote-total.tsx";
import type { QuoteDraft } from "./use-quote-draft.ts";

interface QuoteFieldsProps {
  readonly enquiryId: string;
  readonly draft: QuoteDraft;
  readonly problems: FieldProblems;
}

type PartProps = Omit<QuoteFieldsProps, "enquiryId">;

/** What a quote says: places of a date, at a price, until a day, in words. */
export function QuoteFields({ enquiryId, draft, problems }: QuoteFieldsProps) {
  const t = useTranslations("officeEnquiries");
  const { start, run, listPrice, currency } = draft;
  return (
    <>
      <ProblemCount problems={problems} />
      <RunPart enquiryId={enquiryId} draft={draft} problems={problems} />
      <div className="form-row office-enquiry-numbers">
        <TextField
          name="places"
          type="number"
          min={1}
          label={t("placesCount")}
          hint={t("placesHint", { most: String(GROUP_PLACES_MAX) })}
          value={String(start.places)}
          problems={problems}
        />
        <TextField
          key={listPrice.key}
          name="price"
          label={t("priceIn", { currency })}
          hint={t(run === undefined || run.price !== null ? "priceHint" : "priceHintNone")}
          inputMode="numeric"
          autoComplete="off"
          value={listPrice.text}
          problems={problems}
        />
        {run !== undefined && run.price === null ? (
          <TextField
            name="unitPrice.currency"
            label={t("currency")}
            autoComplete="off"
            value={start.currency}
            problems={problems}
          />
        ) : null}
      </div>
      <QuoteTotal draft={draft} />
      <DayField draft={draft} problems={problems} />
      <LongTextField
        name="message"
        label={t("quoteMessage")}
        hint={t("quoteMessageHint")}
        rows={5}
        value={start.message}
        problems={problems}
        isOptional
      />
      <Recipient draft={draft} problems={problems} />
      <LongTextField
        name="note"
        label={t("quoteNote")}
        hint={t("quoteNoteHint")}
        rows={2}
        value={start.note}
        problems={problems}
        isOptional
      />
    </>
  );
}

/** Which date. Where none fits, one can be made for them. */
function RunPart({ enquiryId, draft, problems }: QuoteFieldsProps) {
  const t = useTranslations("officeEnquiries");
  const tRun = useTranslations("run");
  const mayPlan = useMay()("runs.write");
  const problem = useProblem(problems, "runId");
  const { runId, run } = draft;
  return (
    <div className="office-enquiry-run">
      <FindField kind="quotable" label={t("date")} value={runId} onChange={draft.choose} />
      {problem === undefined ? null : (
        <p className="office-enquiry-problem" role="alert">
          {t("chooseDate")}
        </p>
      )}
      {run === undefined ? (
        mayPlan ? (
          <p className="aside-note">
            {t("noDateFits")}{" "}
            <OfficeLink href={`/office/schedule/new?enquiry=${enquiryId}`}>
              {t("schedulePrivate")}
            </OfficeLink>
          </p>
        ) : null
      ) : (
        <p className="office-enquiry-run-facts">
          <OfficeTime when={run} />
          <span>
            {run.venue === null ? tRun("online") : `${run.venue.name}, ${run.venue.city}`}
          </span>
          <span className="figures">{tRun("placesLeft", { count: run.placesLeft })}</span>
          {run.visibility === "private" ? (
            <span>
              {run.organisation === null
                ? t("privateDate")
                : t("privateDateOf", { name: run.organisation.name })}
            </span>
          ) : null}
        </p>
      )}
    </div>
  );
}

function DayField({ draft, problems }: PartProps) {
  const t = useTranslations("officeEnquiries");
  const { run, start, lastDay } = draft;
  const isLate = run !== undefined && lastDay > run.localStart.slice(0, 10);
  return (
    <TextInput
      type="date"
      name="lastDay"
      label={t("lastDay")}
      description={isLate ? t("lastDayLate") : t("lastDayHint")}
      error={useProblem(problems, "lastDay")}
      size="md"
      max="2199-12-31"
      defaultValue={start.lastDay}
      aria-required
    />
  );
}

/** Whom it goes to: as a rule, whoever asked. */
function Recipient({ draft, problems }: PartProps) {
  const t = useTranslations("officeEnquiries");
  const { name, email, company } = draft.start.recipient;
  const { language } = draft.start;
  const isWrong = Object.keys(problems).some((path) => path.startsWith("recipient."));
  return (
    <details className="office-enquiry-recipient" open={isWrong || undefined}>
      <summary>
        {t("to")} <strong>{email}</strong>, <Localized>{languageName(language)}</Localized>
      </summary>
      <div className="form-part">
        <TextField
          name="recipient.name"
          label={t("name")}
          autoComplete="off"
          value={name}
          problems={problems}
        />
        <TextField
          name="recipient.email"
          type="email"
          label={t("email")}
          autoComplete="off"
          value={email}
          problems={problems}
        />
        <TextField
          name="recipient.company"
          label={t("company")}
          autoComplete="off"
          value={company ?? ""}
          problems={problems}
          isOptional
        />
        <SelectField name="language" label={t("language")} value={language} problems={problems}>
          {[...new Set([...languages(), language])].map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </SelectField>
      </div>
    </details>
  );
}
