import type { OrganisationDetail } from "@lectern/contract/organisations";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Button } from "../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useArchiving } from "./use-archiving.ts";

interface ArchiveDialogProps {
  readonly organisation: OrganisationDetail;
  readonly onClose: () => void;
}

/** Sets a company aside: what was booked stays, nobody does anything for it any more. */
export function ArchiveDialog({ organisation, onClose }: ArchiveDialogProps) {
  const t = useTranslations("officeOrganisations");
  const tOffice = useTranslations("office");
  const { archive, archiving } = useArchiving(organisation);
  return (
    <Dialog title={t("archiveTitle", { name: organisation.name })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("archiveWords", { count: organisation.members })}</p>
          <CallFailure call={archiving} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {tOffice("cancel")}
            </Button>
            <Button isBusy={archiving.isPending} onClick={() => archive(close)}>
              {t("archive")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
