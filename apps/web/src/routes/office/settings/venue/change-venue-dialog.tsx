import type { VenueDetail } from "@lectern/contract/venues";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";
import { useUndo } from "../../../../office/undo.tsx";
import { ChangeVenueForm } from "../venues/venue-form.tsx";

interface ChangeVenueDialogProps {
  readonly venue: VenueDetail;
  readonly onClose: () => void;
}

/** Changes what is said of a place, and says where that shows. */
export function ChangeVenueDialog(props: ChangeVenueDialogProps) {
  const t = useTranslations("officeVenues");
  const undo = useUndo();
  // As it was when it was opened: what is read meanwhile is not what was looked at.
  const [venue] = useState(props.venue);
  return (
    <Dialog title={t("changeTitle", { name: venue.name })} onClose={props.onClose}>
      {(close) => (
        <>
          <p>{t("changeWords", { count: venue.upcomingRuns })}</p>
          <ChangeVenueForm
            venue={venue}
            onDone={({ name }) => {
              close();
              undo.say(t("changed", { name }));
            }}
          >
            {(isBusy) => (
              <DialogActions>
                <Button variant="outline" onClick={close}>
                  {t("keep")}
                </Button>
                <Button type="submit" isBusy={isBusy}>
                  {t("save")}
                </Button>
              </DialogActions>
            )}
          </ChangeVenueForm>
        </>
      )}
    </Dialog>
  );
}
