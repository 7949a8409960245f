import { isLecternError } from "@lectern/client";
import type { BookingDetail } from "@lectern/contract/bookings";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { livePlaces } from "../../../bookings/live-places.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { ConsentField, LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { PriceTable } from "../../../prices/price-table.tsx";
import { CompanyField } from "./company-field.tsx";
import { ConfirmFailure } from "./confirm-failure.tsx";
import { detailsOf, fieldOfPath } from "./details.ts";
import { InvoiceFields } from "./invoice-fields.tsx";
import { LearnerFields } from "./learner-fields.tsx";

async function loadShape() {
  const { BookingConfirmInput } = await import("@lectern/contract/bookings");
  return BookingConfirmInput;
}

interface DetailsFormProps {
  readonly booking: BookingDetail;
  readonly accessKey: string;
  /** Whether the places were set aside just now: then the visitor goes on here. */
  readonly isNew: boolean;
  /** Called when the server says that the hold has lapsed. */
  readonly onExpired: () => void;
}

/** What is known of a booker whose places come of a quote. */
function valueOf(known: string | null | undefined): { value?: string } {
  return known == null ? {} : { value: known };
}

/** The second step: who books, who comes, who pays, and the booking itself. */
export function DetailsForm({ booking, accessKey, isNew, onExpired }: DetailsFormProps) {
  const t = useTranslations("booking");
  const tForms = useTranslations("forms");
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { reference, total, booker } = booking;
  const held = livePlaces(booking);
  const places = held.length;
  const beginning = useFocusOnChange<HTMLLegendElement>(isNew ? reference : null, isNew);
  const [wishes] = useState(() => new Wishes());
  const [needsApproval, setNeedsApproval] = useState(false);

  const confirming = useMutation(
    api.bookings.confirm.mutationOptions({
      onSuccess: async (confirmed) => {
        const query = api.bookings.byReference.queryKey({ reference, accessKey });
        queryClient.setQueryData(query, confirmed);
        await navigate({ to: "/bookings/$reference", params: { reference } });
      },
      onError: (error) => {
        if (isLecternError(error, "HoldExpired")) onExpired();
      },
    }),
  );
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const reader = { timeZone: readersTimeZone(), language: readersLanguage() };
      const details = { ...detailsOf(data, places, reader), reference, accessKey };
      return { ...details, idempotencyKey: wishes.keyOf(details) };
    },
    fieldOf: (path, data) => fieldOfPath(path, data, places),
    send: confirming.mutateAsync,
  });

  return (
    <Form {...formProps}>
      {confirming.isError ? (
        <ConfirmFailure
          key={confirming.failureCount}
          booking={booking}
          accessKey={accessKey}
          failure={confirming.error}
          onFewer={confirming.reset}
        />
      ) : null}
      <ProblemCount problems={problems} />
      <fieldset className="form-part">
        <legend ref={beginning} tabIndex={-1}>
          {t("yourDetails")}
        </legend>
        <CompanyField problems={problems} />
        <div className="form-row">
          <TextField
            name="booker.name"
            label={tForms("name")}
            autoComplete="name"
            problems={problems}
            {...valueOf(booker?.name)}
          />
          <TextField
            name="booker.email"
            type="email"
            label={tForms("email")}
            autoComplete="email"
            problems={problems}
            {...valueOf(booker?.email)}
          />
        </div>
        <div className="form-row">
          <TextField
            name="booker.company"
            label={tForms("company")}
            autoComplete="organization"
            problems={problems}
            isOptional
            {...valueOf(booker?.company)}
          />
          <TextField
            name="booker.phone"
            type="tel"
            label={tForms("phone")}
            autoComplete="tel"
            problems={problems}
            isOptional
          />
        </div>
      </fieldset>
      <LearnerFields places={places} problems={problems} />
      <InvoiceFields
        isOnRequest={total === null}
        problems={problems}
        onApproval={setNeedsApproval}
      />
      <LongTextField
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        problems={problems}
        rows={3}
        isOptional
      />
      {total === null ? null : (
        <PriceTable
          places={held.map(({ priceExplanation }) => priceExplanation)}
          total={total}
          timeZone={booking.run.timeZone}
        />
      )}
      <ConsentField name="acceptsTerms" label={t("terms")} problems={problems} />
      <p>
        <Button type="submit" size="large" isBusy={confirming.isPending}>
          {t(confirming.isPending ? "confirming" : needsApproval ? "askApproval" : "confirm")}
        </Button>
      </p>
    </Form>
  );
}
