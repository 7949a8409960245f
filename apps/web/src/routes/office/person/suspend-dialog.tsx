import { isLecternError } from "@lectern/client";
import type { PersonDetail } from "@lectern/contract/people";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";
import { usePersonChanged } from "./use-person.ts";

async function loadShape() {
  return (await import("@lectern/contract/people")).PersonSuspendInput;
}

/** Keeps somebody out, for a reason, which can be undone. */
export function SuspendDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations("officePeople");
  return (
    <Dialog title={t("suspendTitle", { name: person.name })} onClose={onClose}>
      {(close) => <SuspendForm person={person} close={close} />}
    </Dialog>
  );
}

function SuspendForm({ person, close }: { person: PersonDetail; close: () => void }) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const api = useApi();
  const undo = useUndo();
  const changed = usePersonChanged();
  const { id, name } = person;
  const restoring = useCall(api.people.restore.mutationOptions());
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: api.people.suspend.mutationOptions(),
    inputOf: (data) => ({ id, reason: fieldText(data, "reason") ?? "" }),
    onDone: () => {
      close();
      changed();
      undo.done({
        words: t("suspended", { name }),
        undo: async () => {
          await restoring.mutateAsync({ id, idempotencyKey: restoring.keyOf({ id }) });
          changed();
        },
      });
    },
  });
  return (
    <Form {...formProps}>
      <p>{t("suspendWords")}</p>
      <CallFailure
        call={sending}
        words={(failure) =>
          isLecternError(failure, "Conflict") && failure.data.reason === "last_one"
            ? t("lastAdministrator")
            : undefined
        }
      />
      <TextField
        name="reason"
        label={t("reason")}
        hint={t("reasonHint")}
        autoComplete="off"
        problems={problems}
      />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("suspend")}
        </Button>
      </DialogActions>
    </Form>
  );
}
