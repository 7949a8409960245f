import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { useCall } from "../../../account/use-call.ts";
import { useApi } from "../../../data/api.ts";
import { useUndo } from "../../../office/undo.tsx";

/** @returns what sets a company aside, which can be undone, and what takes it back into use */
export function useArchiving({ id, name, version }: OrganisationDetail) {
  const t = useTranslations("officeOrganisations");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const words = useAccountWords();
  const archiving = useCall(api.organisations.archive.mutationOptions());
  const restoring = useCall(api.organisations.restore.mutationOptions());
  const changed = () => void queryClient.invalidateQueries(api.organisations.pathFilter());
  async function restoreAs(archivedVersion: number): Promise<void> {
    const wish = { id, version: archivedVersion };
    await restoring.mutateAsync({ ...wish, idempotencyKey: restoring.keyOf(wish) });
    changed();
  }
  return {
    archiving,
    archive: (onDone: () => void) => {
      const wish = { id, version };
      archiving.mutate(
        { ...wish, idempotencyKey: archiving.keyOf(wish) },
        {
          onSuccess: (archived) => {
            onDone();
            undo.done({
              words: t("archivedNow", { name }),
              undo: () => restoreAs(archived.version),
            });
          },
          // Where somebody changed it meanwhile, too: it is shown as it is by then.
          onSettled: changed,
        },
      );
    },
    isRestoring: restoring.isPending,
    restore: () =>
      void restoreAs(version).then(
        () => undo.say(t("restored", { name })),
        (error: unknown) => {
          changed();
          undo.alert(words(error));
        },
      ),
  };
}
