import type { RunForStaff } from "@lectern/contract/run-office";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { CopyField } from "../../../forms/copy-field.tsx";

/** What lets people book a private date. */
export function InvitationDialog({ run, onClose }: { run: RunForStaff; onClose: () => void }) {
  const t = useTranslations("officeRun");
  const words = useTranslations("office");
  const api = useApi();
  const query = useQuery(api.runs.invitation.queryOptions({ id: run.id }));
  return (
    <Dialog title={t("invitation")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("invitationWords")}</p>
          <Loaded query={query}>
            {({ invitationKey }) => (
              <CopyField
                label={t("invitation")}
                text={`${location.origin}/book/${run.id}#invitation=${invitationKey}`}
                words={{ copy: t("copy"), copied: t("copied") }}
              />
            )}
          </Loaded>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {words("close")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
