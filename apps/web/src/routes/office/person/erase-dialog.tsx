import { isLecternError } from "@lectern/client";
import { ERASURE_REASONS, EraseInput } from "@lectern/contract/privacy";
import type { PersonDetail } from "@lectern/contract/people";
import { useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";

function loadShape() {
  return Promise.resolve(EraseInput);
}

/** Erases somebody's data at once, for one of a few reasons. There is no way back: who does it says that they know. */
export function EraseDialog({
  person,
  onErased,
  onClose,
}: PersonDialogProps & { readonly onErased: () => void }) {
  const t = useTranslations("officePeople");
  return (
    <Dialog title={t("eraseTitle", { name: person.name })} onClose={onClose}>
      {(close) => <EraseForm person={person} onErased={onErased} close={close} />}
    </Dialog>
  );
}

interface EraseFormProps {
  readonly person: PersonDetail;
  readonly onErased: () => void;
  readonly close: () => void;
}

function EraseForm({ person, onErased, close }: EraseFormProps) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const id = useId();
  const [isSure, setIsSure] = useState(false);
  const { id: personId, name } = person;
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.privacy.erase.mutationOptions(),
    inputOf: (data) => ({ personId, reason: fieldText(data, "reason") }),
    onDone: () => {
      close();
      undo.say(t("erased", { name }));
      onErased();
      void queryClient.invalidateQueries(api.people.list.pathFilter());
    },
  });
  function hindrance(failure: unknown): string | undefined {
    if (!isLecternError(failure, "Conflict")) return undefined;
    switch (failure.data.entity) {
      case "booking":
        return t("eraseBookings", { which: failure.data.detail ?? "" });
      case "instructor":
        return t("eraseTeaching");
      case "role_assignment":
        return t("lastAdministrator");
      default:
        return undefined;
    }
  }
  return (
    <Form {...formProps}>
      <p>{t("eraseWords")}</p>
      <CallFailure call={sending} words={hindrance} />
      <SelectField name="reason" label={t("reason")} value={ERASURE_REASONS[0]} problems={problems}>
        {ERASURE_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`erasure_${reason}`)}
          </option>
        ))}
      </SelectField>
      <p className="office-person-tick">
        <input
          id={id}
          type="checkbox"
          checked={isSure}
          onChange={({ target }) => setIsSure(target.checked)}
        />
        <label htmlFor={id}>{t("eraseSure")}</label>
      </p>
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending} isDisabled={!isSure}>
          {t("erase")}
        </Button>
      </DialogActions>
    </Form>
  );
}
