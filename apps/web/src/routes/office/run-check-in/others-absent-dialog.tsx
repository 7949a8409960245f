import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";

interface OthersAbsentDialogProps {
  readonly count: number;
  readonly onMark: () => void;
  readonly onClose: () => void;
}

/** Asks before everybody who is not marked is marked absent. */
export function OthersAbsentDialog({ count, onMark, onClose }: OthersAbsentDialogProps) {
  const t = useTranslations("officeRun");
  const words = useTranslations("office");
  return (
    <Dialog title={t("othersAbsentTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("othersAbsent", { count })}</p>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {words("cancel")}
            </Button>
            <Button
              onClick={() => {
                onMark();
                close();
              }}
            >
              {t("doIt")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
