import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { readersLanguage } from "../../../browser/reader.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { ProblemCount } from "../../../forms/problem-count.tsx";
import { formatInstantDay } from "../../../format/dates.ts";
import { useUndo } from "../../../office/undo.tsx";
import { RoleFields, roleOf } from "./role-fields.tsx";

async function loadShape() {
  return (await import("@lectern/contract/people")).PersonInviteInput;
}

/** Invites somebody to work for the academy: they have the role once they accept. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("officePeople");
  return (
    <Dialog title={t("inviteTitle")} onClose={onClose}>
      {(close) => <InviteForm close={close} />}
    </Dialog>
  );
}

function InviteForm({ close }: { close: () => void }) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const undo = useUndo();
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: useApi().people.invite.mutationOptions(),
    inputOf: (data) => ({
      name: fieldText(data, "name") ?? "",
      email: fieldText(data, "email"),
      ...roleOf(data),
      // Colleagues mostly read the same.
      language: readersLanguage(),
    }),
    onDone: ({ email, expiresAt }) => {
      close();
      undo.say(t("invited", { email, until: formatInstantDay(expiresAt) }));
    },
  });
  return (
    <Form {...formProps}>
      <p>{t("inviteWords")}</p>
      <CallFailure call={sending} />
      <ProblemCount problems={problems} />
      <TextField name="name" label={t("name")} autoComplete="off" problems={problems} />
      <TextField
        name="email"
        type="email"
        label={t("email")}
        autoComplete="off"
        problems={problems}
      />
      <RoleFields problems={problems} />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("inviteSend")}
        </Button>
      </DialogActions>
    </Form>
  );
}
