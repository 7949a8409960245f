import { isLecternError, newIdempotencyKey } from "@lectern/client";
import type { BookingHeld } from "@lectern/contract/bookings";
import type { RunSummary } from "@lectern/contract/runs";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { z } from "zod";
import { CallFailure } from "../../../account/call-failure.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { readersLanguage, readersTimeZone } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { Localized } from "../../../components/localized.tsx";
import { useApi, useClient } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldNumber, fieldText } from "../../../forms/contract-shape.ts";
import { ConsentField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { formatInstant } from "../../../format/dates.ts";
import { formatMoney } from "../../../format/money.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";

type Held = z.infer<typeof BookingHeld>;

/** More than that is an enquiry. */
const PLACES_MAX = 20;

async function loadHold() {
  const { BookingHoldInput } = await import("@lectern/contract/bookings");
  return BookingHoldInput;
}

async function loadConfirm() {
  const { BookingConfirmInput } = await import("@lectern/contract/bookings");
  return BookingConfirmInput;
}

interface BookDialogProps {
  readonly run: RunSummary;
  readonly organisationId: string;
  readonly booker: { readonly name: string; readonly email: string };
  readonly onBooked: (reference: string) => void;
  readonly onClose: () => void;
}

/**
 * Books places of a company's own date for it: how many, what they cost together, and then the booking. Who comes is
 * said afterwards. Whoever thinks better of it gives the places back at once.
 */
export function BookDialog(props: BookDialogProps) {
  const { run, organisationId, booker, onBooked, onClose } = props;
  const t = useTranslations("organisation");
  const client = useClient();
  const [held, setHeld] = useState<Held>();
  function giveBack(): void {
    if (held === undefined) return;
    const { reference, accessKey } = held;
    // They are free again by themselves, too, only later.
    void client.bookings.cancel
      .mutate({ reference, accessKey, idempotencyKey: newIdempotencyKey() })
      .catch(() => {});
  }
  return (
    <Dialog
      title={t("bookTitle", { course: run.course.title })}
      onClose={() => {
        giveBack();
        onClose();
      }}
    >
      {(close) =>
        held === undefined ? (
          <HoldForm run={run} booker={booker} onHeld={setHeld} onClose={close} />
        ) : (
          <ConfirmForm
            held={held}
            organisationId={organisationId}
            booker={booker}
            onBooked={(reference) => {
              // Nothing is to be given back any more.
              onClose();
              onBooked(reference);
            }}
            onExpired={() => setHeld(undefined)}
            onClose={close}
          />
        )
      }
    </Dialog>
  );
}

interface HoldFormProps extends Pick<BookDialogProps, "run" | "booker" | "onClose"> {
  readonly onHeld: (held: Held) => void;
}

function HoldForm({ run, booker, onHeld, onClose }: HoldFormProps) {
  const t = useTranslations("organisation");
  const words = useRefusalWords();
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadHold,
    call: useApi().bookings.hold.mutationOptions(),
    inputOf: (data) => ({
      runId: run.id,
      places: fieldNumber(data, "places"),
      bookerEmail: booker.email,
    }),
    onDone: onHeld,
  });
  const most = Math.min(PLACES_MAX, run.placesLeft);
  return (
    <Form {...formProps}>
      <CallFailure call={sending} words={words} />
      <SelectField name="places" label={t("bookPlaces")} value="1" problems={problems}>
        {Array.from({ length: most }, (_, index) => (
          <option key={index} value={index + 1}>
            {index + 1}
          </option>
        ))}
      </SelectField>
      <DialogActions>
        <Button variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "bookHolding" : "bookHold")}
        </Button>
      </DialogActions>
    </Form>
  );
}

interface ConfirmFormProps extends Pick<BookDialogProps, "organisationId" | "booker" | "onClose"> {
  readonly held: Held;
  readonly onBooked: (reference: string) => void;
  readonly onExpired: () => void;
}

function ConfirmForm(props: ConfirmFormProps) {
  const { held, organisationId, booker, onBooked, onExpired, onClose } = props;
  const t = useTranslations("organisation");
  const words = useRefusalWords();
  const { reference, accessKey, places, total, expiresAt } = held;
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadConfirm,
    call: useApi().bookings.confirm.mutationOptions({
      onError: (failure) => {
        if (isLecternError(failure, "HoldExpired")) onExpired();
      },
    }),
    inputOf: (data) => ({
      reference,
      accessKey,
      booker,
      organisationId,
      learners: [],
      timeZone: readersTimeZone(),
      language: readersLanguage(),
      purchaseOrder: fieldText(data, "purchaseOrder"),
      acceptsTerms: data.has("acceptsTerms"),
    }),
    onDone: () => onBooked(reference),
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} words={words} />
      <p className="organisation-total">
        {total === null ? (
          t("bookOnRequest")
        ) : (
          <Localized>{t("bookTotal", { total: formatMoney(total) })}</Localized>
        )}
      </p>
      <p role="status">
        <Localized>{t("bookHeld", { count: places, until: formatInstant(expiresAt) })}</Localized>
      </p>
      <TextField
        name="purchaseOrder"
        label={t("bookOrder")}
        hint={t("bookOrderHint")}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <ConsentField name="acceptsTerms" label={t("bookTerms")} problems={problems} />
      <DialogActions>
        <Button variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "bookConfirming" : "bookConfirm")}
        </Button>
      </DialogActions>
    </Form>
  );
}
