import type { EnquiryKind } from "@lectern/contract/vocabulary";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { readersLanguage } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useFailureWords } from "../../../components/use-failure-words.ts";
import { useIsHydrated } from "../../../components/use-is-hydrated.ts";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { ConsentField, LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";

const KINDS = ["contact", "company", "private_course"] as const satisfies EnquiryKind[];

async function loadShape() {
  const { EnquirySendInput } = await import("@lectern/contract/enquiries");
  return EnquirySendInput;
}

interface ContactFormProps {
  /** What the enquiry is about at first. */
  readonly kind: EnquiryKind;
  /** Slug of the course that it is about. */
  readonly course?: string;
  /** Called with the address to which will be answered. */
  readonly onSent: (email: string) => void;
}

/** A question from the site. */
export function ContactForm(props: ContactFormProps) {
  const t = useTranslations("contact");
  const tFailures = useTranslations("failures");
  const api = useApi();
  const words = useFailureWords();
  const isHydrated = useIsHydrated();
  const [kind, setKind] = useState<EnquiryKind>(props.kind);
  const [wishes] = useState(() => new Wishes());
  const sending = useMutation(api.enquiries.send.mutationOptions());
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const enquiry = {
        kind,
        course: props.course,
        name: fieldText(data, "name"),
        email: fieldText(data, "email"),
        company: fieldText(data, "company"),
        phone: fieldText(data, "phone"),
        participants: fieldNumber(data, "participants"),
        message: fieldText(data, "message"),
        website: fieldText(data, "website"),
        language: readersLanguage(),
        consent: data.has("consent"),
      };
      return { ...enquiry, idempotencyKey: wishes.keyOf(enquiry) };
    },
    send: async (enquiry) => {
      await sending.mutateAsync(enquiry);
      props.onSent(enquiry.email);
    },
  });
  const isForMany = kind !== "contact";
  return (
    <Form {...formProps}>
      <noscript>
        <p>{t("noScript")}</p>
      </noscript>
      {sending.isError ? (
        <FailureNotice key={sending.failureCount} title={tFailures("failedTitle")}>
          <p>{words(sending.error)}</p>
        </FailureNotice>
      ) : null}
      <ProblemCount problems={problems} />
      <fieldset>
        <legend className="label">{t("kind")}</legend>
        <div className="contact-kinds">
          {KINDS.map((each) => (
            <label key={each} className="contact-kind">
              <input
                type="radio"
                name="kind"
                value={each}
                checked={kind === each}
                onChange={() => setKind(each)}
              />
              {t(`kind_${each}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <div className="form-row">
        <TextField name="name" label={t("name")} autoComplete="name" problems={problems} />
        <TextField
          name="email"
          type="email"
          label={t("email")}
          autoComplete="email"
          problems={problems}
        />
      </div>
      {isForMany ? (
        <div className="form-row">
          <TextField
            name="company"
            label={t("company")}
            autoComplete="organization"
            problems={problems}
            isOptional
          />
          <TextField
            name="participants"
            type="number"
            min={1}
            label={t("participants")}
            problems={problems}
            isOptional
          />
        </div>
      ) : null}
      <TextField
        name="phone"
        type="tel"
        label={t("phone")}
        autoComplete="tel"
        problems={problems}
        isOptional
      />
      <LongTextField name="message" label={t("message")} rows={7} problems={problems} />
      <div className="contact-website" aria-hidden="true">
        <label>
          {t("website")}
          <input name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </div>
      <ConsentField
        name="consent"
        problems={problems}
        label={
          <>
            {t("consent")} <Link to="/privacy">{t("consentMore")}</Link>
          </>
        }
      />
      <p>
        <Button type="submit" size="large" isBusy={sending.isPending} isDisabled={!isHydrated}>
          {t(sending.isPending ? "sending" : "send")}
        </Button>
      </p>
    </Form>
  );
}
