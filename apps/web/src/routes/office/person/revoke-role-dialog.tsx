import { isLecternError } from "@lectern/client";
import { StaffRole } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useOfficeMe } from "../../../office/office-me.ts";
import { useUndo } from "../../../office/undo.tsx";
import { type RoleHeld, useHeldWords } from "../people/use-role-words.ts";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";
import { usePersonChanged } from "./use-person.ts";

/** Takes a role from somebody, which can be undone for a while. */
export function RevokeRoleDialog({
  person,
  held,
  onClose,
}: PersonDialogProps & { readonly held: RoleHeld }) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const api = useApi();
  const me = useOfficeMe();
  const undo = useUndo();
  const changed = usePersonChanged();
  const { roleOf, whereOf } = useHeldWords();
  const revoking = useCall(api.people.revokeRole.mutationOptions());
  const assigning = useCall(api.people.assignRole.mutationOptions());
  const { assignmentId } = held;
  const { name } = person;
  const isOneself = person.id === me.id;
  const words = { name, role: roleOf(held), where: whereOf(held) };
  function revoke(close: () => void): void {
    const wish = { assignmentId };
    revoking.mutate(
      { ...wish, idempotencyKey: revoking.keyOf(wish) },
      {
        onSuccess: () => {
          close();
          changed();
          const role = StaffRole.safeParse(held.role);
          // Who has taken it from themselves may not be able to give it back.
          if (isOneself || !role.success) {
            undo.say(t("revoked", words));
            return;
          }
          const back = { personId: person.id, role: role.data, country: held.country };
          undo.done({
            words: t("revoked", words),
            undo: async () => {
              await assigning.mutateAsync({ ...back, idempotencyKey: assigning.keyOf(back) });
              changed();
            },
          });
        },
      },
    );
  }
  return (
    <Dialog title={t("revokeTitle", words)} onClose={onClose}>
      {(close) => (
        <>
          <p>{t(isOneself ? "revokeOwn" : "revokeWords", words)}</p>
          <CallFailure
            call={revoking}
            words={(failure) =>
              isLecternError(failure, "Conflict") ? t("lastAdministrator") : undefined
            }
          />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {tOffice("cancel")}
            </Button>
            <Button isBusy={revoking.isPending} onClick={() => revoke(close)}>
              {t("revoke")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
