import type { BookingHeld } from "@lectern/contract/bookings";
import { Id } from "@lectern/contract/primitives";
import type { RunForStaff } from "@lectern/contract/run-office";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { CallFailure } from "../../../account/call-failure.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { ConsentField, LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { languageName } from "../../../format/names.ts";
import { language } from "../../../language/language.ts";
import { languages } from "../../../language/languages.ts";
import { oneFilter } from "../../../office/address-filters.ts";
import { useUndo } from "../../../office/undo.tsx";
import { useAddressFilters } from "../../../office/use-address-filters.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { useBookingChanged } from "../booking/use-booking.ts";
import { FindField } from "../bookings/find-field.tsx";
import { detailsOf, fieldOfPath } from "../../public/booking/details.ts";
import { InvoiceFields } from "../../public/booking/invoice-fields.tsx";
import { LearnerFields } from "../../public/booking/learner-fields.tsx";

/** Whom it is for, where one came from its page. */
const FOR = z.object({ organisation: oneFilter(Id) });

async function loadShape() {
  return (await import("@lectern/contract/bookings")).BookingConfirmInput;
}

/** Who books, for which organisation, and who comes. It becomes the booker's own, and not that of who writes it down. */
export function WhoForm({ held, run }: { held: BookingHeld; run: RunForStaff }) {
  const t = useTranslations("officeBookings");
  const tForms = useTranslations("forms");
  const tBooking = useTranslations("booking");
  const api = useApi();
  const router = useRouter();
  const undo = useUndo();
  const words = useRefusalWords();
  const changed = useBookingChanged();
  const { reference, accessKey, places } = held;
  const { organisation } = useAddressFilters(FOR).filters;
  const [organisationId, setOrganisationId] = useState(run.organisation?.id ?? organisation);
  const { keyOf, ...confirming } = useCall(api.bookings.confirm.mutationOptions());
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const details = {
        ...detailsOf(data, places, { language: fieldText(data, "language") }),
        organisationId,
        reference,
        accessKey,
      };
      return { ...details, idempotencyKey: keyOf(details) };
    },
    fieldOf: (path, data) => fieldOfPath(path, data, places),
    send: async (input) => {
      await confirming.mutateAsync(input);
      undo.say(t("booked", { reference }));
      changed();
      void router.navigate({ href: `/office/bookings/${reference}` });
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure call={confirming} words={words} />
      <ProblemCount problems={problems} />
      <fieldset className="form-part">
        <legend>{t("who")}</legend>
        <FindField
          kind="organisation"
          label={t("forOrganisation")}
          value={organisationId}
          onChange={setOrganisationId}
        />
        <div className="form-row">
          <TextField
            name="booker.name"
            label={tForms("name")}
            autoComplete="off"
            problems={problems}
          />
          <TextField
            name="booker.email"
            type="email"
            label={tForms("email")}
            autoComplete="off"
            problems={problems}
          />
        </div>
        <div className="form-row">
          <TextField
            name="booker.company"
            label={tForms("company")}
            autoComplete="off"
            problems={problems}
            isOptional
          />
          <TextField
            name="booker.phone"
            type="tel"
            label={tForms("phone")}
            autoComplete="off"
            problems={problems}
            isOptional
          />
        </div>
        <SelectField name="language" label={t("language")} value={language()} problems={problems}>
          {languages().map((tag) => (
            <option key={tag} value={tag}>
              {languageName(tag)}
            </option>
          ))}
        </SelectField>
      </fieldset>
      <LearnerFields places={places} problems={problems} />
      <InvoiceFields
        isOnRequest={held.total === null}
        problems={problems}
        onApproval={() => undefined}
      />
      <LongTextField name="note" label={tBooking("note")} problems={problems} rows={3} isOptional />
      <ConsentField name="acceptsTerms" label={t("terms")} problems={problems} />
      <p>
        <Button type="submit" isBusy={confirming.isPending}>
          {t("book")}
        </Button>
      </p>
    </Form>
  );
}
