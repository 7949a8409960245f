import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { EnquiryStatus } from "@lectern/contract/vocabulary";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { Button } from "../../../components/button.tsx";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { FailureNotice } from "../../../forms/failure-notice.tsx";
import { movesOf } from "./moves.ts";
import type { Move } from "./use-move-enquiry.ts";
import "./note-dialog.css";

const NOTE_MAX = 500;

interface MoveDialogProps {
  readonly enquiry: EnquiryListItem;
  readonly onMove: (move: Move) => Promise<void>;
  readonly onClose: () => void;
}

/** Moves an enquiry to another state, with a note for whoever reads it next. */
export function MoveDialog({ enquiry, onMove, onClose }: MoveDialogProps) {
  const t = useTranslations("officeEnquiries");
  return (
    <Dialog title={t("moveTitle", { name: enquiry.name })} onClose={onClose}>
      {(close) => <MoveForm enquiry={enquiry} onMove={onMove} close={close} />}
    </Dialog>
  );
}

interface MoveFormProps extends Omit<MoveDialogProps, "onClose"> {
  readonly close: () => void;
}

function MoveForm({ enquiry, onMove, close }: MoveFormProps) {
  const t = useTranslations("officeEnquiries");
  const tOffice = useTranslations("office");
  const tFailures = useTranslations("failures");
  const words = useAccountWords();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const id = useId();
  // What others do with it meanwhile is for the answer to tell.
  const [seen] = useState(enquiry);
  async function send(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    setIsBusy(true);
    try {
      await onMove({
        enquiry: seen,
        to: EnquiryStatus.parse(data.get("to")),
        note: fieldText(data, "note"),
      });
      close();
    } catch (error) {
      // The note stays where it can be copied.
      setFailure(error);
      setIsBusy(false);
    }
  }
  const [first] = movesOf(seen.status);
  return (
    <form className="note-dialog" onSubmit={(event) => void send(event)}>
      {failure === undefined ? null : (
        <FailureNotice title={tFailures("failedTitle")}>
          <p>{words(failure)}</p>
        </FailureNotice>
      )}
      <fieldset>
        <legend className="label">{t("moveWhere")}</legend>
        {movesOf(seen.status).map((status) => (
          <label key={status} className="note-dialog-choice">
            <input type="radio" name="to" value={status} defaultChecked={status === first} />
            {t(`status_${status}`)}
          </label>
        ))}
      </fieldset>
      <p className="note-dialog-note">
        <label className="label" htmlFor={id}>
          {t("noteOptional")}
        </label>
        <input
          id={id}
          name="note"
          className="field"
          maxLength={NOTE_MAX}
          aria-describedby={`${id}hint`}
        />
        <span id={`${id}hint`} className="aside-note">
          {t("moveNoteHint")}
        </span>
      </p>
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {t("move")}
        </Button>
      </DialogActions>
    </form>
  );
}
