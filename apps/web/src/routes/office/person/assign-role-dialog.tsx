import { isLecternError } from "@lectern/client";
import type { PersonDetail } from "@lectern/contract/people";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { RoleFields, roleOf } from "../people/role-fields.tsx";
import { usePersonChanged } from "./use-person.ts";

async function loadShape() {
  return (await import("@lectern/contract/people")).RoleAssignInput;
}

export interface PersonDialogProps {
  readonly person: PersonDetail;
  readonly onClose: () => void;
}

/** Gives somebody a role of those who work for the academy. */
export function AssignRoleDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations("officePeople");
  return (
    <Dialog title={t("assignTitle", { name: person.name })} onClose={onClose}>
      {(close) => <AssignForm person={person} close={close} />}
    </Dialog>
  );
}

function AssignForm({ person, close }: { person: PersonDetail; close: () => void }) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const undo = useUndo();
  const changed = usePersonChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().people.assignRole.mutationOptions(),
    inputOf: (data) => ({ personId: person.id, ...roleOf(data) }),
    onDone: () => {
      close();
      changed();
      undo.say(t("assigned", { name: person.name }));
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure
        call={sending}
        words={(failure) => (isLecternError(failure, "Conflict") ? t("hasRole") : undefined)}
      />
      <RoleFields problems={problems} />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("assign")}
        </Button>
      </DialogActions>
    </Form>
  );
}
