import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";

async function loadShape() {
  const { BookingRefuseInput } = await import("@lectern/contract/bookings");
  return BookingRefuseInput;
}

interface RefuseDialogProps {
  readonly reference: string;
  /** Who is told. */
  readonly booker: string;
  readonly onRefused: () => void;
  readonly onClose: () => void;
}

/** Refuses a booking, after asking once. */
export function RefuseDialog({ booker, onClose, ...props }: RefuseDialogProps) {
  const t = useTranslations("organisation");
  return (
    <Dialog title={t("refuseTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("refuseWords", { booker })}</p>
          <RefuseForm {...props} onClose={close} />
        </>
      )}
    </Dialog>
  );
}

function RefuseForm({ reference, onRefused, onClose }: Omit<RefuseDialogProps, "booker">) {
  const t = useTranslations("organisation");
  const words = useRefusalWords();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().bookings.refuse.mutationOptions(),
    inputOf: (data) => ({ reference, reason: fieldText(data, "reason") ?? null }),
    onDone: () => {
      onClose();
      onRefused();
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} words={words} />
      <TextField
        name="reason"
        label={t("refuseReason")}
        autoComplete="off"
        problems={problems}
        isOptional
      />
      <DialogActions>
        <Button variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t(sending.isPending ? "refusing" : "refuse")}
        </Button>
      </DialogActions>
    </Form>
  );
}
