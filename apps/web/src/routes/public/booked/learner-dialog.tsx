import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { Place } from "../../../bookings/live-places.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Wishes } from "../../../data/wishes.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { useRefusalWords } from "../../../refusals/use-refusal-words.ts";
import type { ChangeDialogProps } from "./cancel-dialog.tsx";

async function loadShape() {
  const { RegistrationSubstituteInput } = await import("@lectern/contract/registrations");
  return RegistrationSubstituteInput;
}

/** Says who comes, or who comes instead. */
export function LearnerDialog(props: ChangeDialogProps & { place: Place }) {
  const { booking, accessKey, place, onChanged, onClose } = props;
  const t = useTranslations("booked");
  return (
    <Dialog title={t("nameTitle")} onClose={onClose}>
      {(close) => (
        <LearnerForm
          place={place}
          proof={{ reference: booking.reference, accessKey }}
          onClose={close}
          onNamed={(after) => {
            close();
            onChanged(after);
          }}
        />
      )}
    </Dialog>
  );
}

interface LearnerFormProps {
  readonly place: Place;
  readonly proof: { readonly reference: string; readonly accessKey: string | null };
  readonly onClose: () => void;
  readonly onNamed: ChangeDialogProps["onChanged"];
}

function LearnerForm({ place, proof, onClose, onNamed }: LearnerFormProps) {
  const t = useTranslations("booked");
  const tForms = useTranslations("forms");
  const tFailures = useTranslations("failures");
  const words = useRefusalWords();
  const api = useApi();
  const [wishes] = useState(() => new Wishes());
  const naming = useMutation(api.registrations.substitute.mutationOptions({ onSuccess: onNamed }));
  const { problems, formProps } = useContractForm({
    loadShape,
    inputOf: (data) => {
      const learner = { name: fieldText(data, "name"), email: fieldText(data, "email") };
      const wish = { ...proof, registrationId: place.id, learner };
      return { ...wish, idempotencyKey: wishes.keyOf(wish) };
    },
    fieldOf: (path) => path.replace(/^learner\./u, ""),
    send: naming.mutateAsync,
  });
  const { learner } = place;
  return (
    <Form {...formProps}>
      <p>{learner === null ? t("nameWords") : t("changeWords", { name: learner.name })}</p>
      {naming.isError ? (
        <FailureNotice key={naming.failureCount} title={tFailures("failedTitle")}>
          <p>{words(naming.error)}</p>
        </FailureNotice>
      ) : null}
      <ProblemCount problems={problems} />
      <div className="form-row">
        <TextField name="name" label={tForms("name")} autoComplete="off" problems={problems} />
        <TextField
          name="email"
          type="email"
          label={tForms("email")}
          autoComplete="off"
          problems={problems}
        />
      </div>
      <DialogActions>
        <Button variant="outline" onClick={onClose}>
          {t("close")}
        </Button>
        <Button type="submit" isBusy={naming.isPending}>
          {t(naming.isPending ? "nameSaving" : "nameSave")}
        </Button>
      </DialogActions>
    </Form>
  );
}
