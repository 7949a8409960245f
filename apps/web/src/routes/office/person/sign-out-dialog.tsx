import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useUndo } from "../../../office/undo.tsx";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";
import { usePersonChanged } from "./use-person.ts";

/** Ends somebody's sessions on all their devices, such as when one was stolen. */
export function SignOutDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const undo = useUndo();
  const changed = usePersonChanged();
  const signingOut = useCall(useApi().people.signOut.mutationOptions());
  const { id, name } = person;
  function signOut(close: () => void): void {
    const wish = { id };
    signingOut.mutate(
      { ...wish, idempotencyKey: signingOut.keyOf(wish) },
      {
        onSuccess: () => {
          close();
          changed();
          undo.say(t("signedOut", { name }));
        },
      },
    );
  }
  return (
    <Dialog title={t("signOutTitle", { name })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("signOutWords")}</p>
          <CallFailure call={signingOut} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {tOffice("cancel")}
            </Button>
            <Button isBusy={signingOut.isPending} onClick={() => signOut(close)}>
              {t("signOut")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
