import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import { useBookingChanged } from "./use-booking.ts";

async function loadShape() {
  return (await import("@lectern/contract/bookings")).BookingRefuseInput;
}

interface RefuseDialogProps {
  readonly reference: string;
  readonly onClose: () => void;
}

/** Refuses a booking that waits for approval, in the place of its company. */
export function RefuseDialog({ reference, onClose }: RefuseDialogProps) {
  const t = useTranslations("officeBookings");
  return (
    <Dialog title={t("refuseTitle")} onClose={onClose}>
      {(close) => <RefuseForm reference={reference} close={close} />}
    </Dialog>
  );
}

function RefuseForm({ reference, close }: { reference: string; close: () => void }) {
  const t = useTranslations("officeBookings");
  const api = useApi();
  const undo = useUndo();
  const words = useRefusalWords();
  const changed = useBookingChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({ reference, reason: fieldText(data, "reason") }),
    call: api.bookings.refuse.mutationOptions(),
    onDone: () => {
      close();
      undo.say(t("refused"));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <p>{t("refuseWords")}</p>
      <CallFailure call={sending} words={words} />
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("refuseHint")}
        problems={problems}
        isOptional
      />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {t("keep")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("refuse")}
        </Button>
      </DialogActions>
    </Form>
  );
}
