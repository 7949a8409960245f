import type { EnquiryForStaff } from "@lectern/contract/enquiries";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useFocusOnChange } from "../../../components/use-focus.ts";
import { useApi } from "../../../data/api.ts";
import { fieldText } from "../../../forms/contract-shape.ts";
import { LongTextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useMay } from "../../../office/office-me.ts";
import { RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useEnquiryChanged } from "./use-enquiry.ts";

async function loadShape() {
  return (await import("@lectern/contract/enquiries")).EnquiryNoteInput;
}

/** What staff wrote down, and may write anew. */
export function NotePart({ enquiry }: { enquiry: EnquiryForStaff }) {
  const t = useTranslations("officeEnquiries");
  const may = useMay();
  const [isOpen, setIsOpen] = useState(false);
  const content = useFocusOnChange<HTMLDivElement>(isOpen);
  const { note } = enquiry;
  return (
    <RecordSection
      title={t("note")}
      actions={
        may("enquiries.write") && !isOpen ? (
          <Button variant="outline" size="small" onClick={() => setIsOpen(true)}>
            {t(note === null ? "writeNote" : "changeNote")}
          </Button>
        ) : undefined
      }
    >
      <div ref={content} tabIndex={-1} className="office-enquiry-focus">
        {isOpen ? (
          <NoteForm enquiry={enquiry} onEnd={() => setIsOpen(false)} />
        ) : note === null ? (
          <p className="aside-note">{t("noNote")}</p>
        ) : (
          <p className="office-enquiry-note">{note}</p>
        )}
      </div>
    </RecordSection>
  );
}

function NoteForm({ enquiry, onEnd }: { enquiry: EnquiryForStaff; onEnd: () => void }) {
  const t = useTranslations("officeEnquiries");
  const tOffice = useTranslations("office");
  const api = useApi();
  const undo = useUndo();
  const changed = useEnquiryChanged();
  // Of when it was begun: what somebody else wrote meanwhile is not written over.
  const [{ id, version, note }] = useState(enquiry);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({ id, version, note: fieldText(data, "note") ?? "" }),
    call: api.enquiries.note.mutationOptions(),
    onDone: () => {
      undo.say(t("noted"));
      changed();
      onEnd();
    },
  });
  return (
    <Form {...formProps}>
      <CallFailure call={sending} />
      <LongTextField
        name="note"
        label={t("note")}
        hint={t("noteHint")}
        value={note ?? ""}
        rows={5}
        problems={problems}
        isOptional
      />
      <p className="office-enquiry-do">
        <Button type="submit" size="small" isBusy={sending.isPending}>
          {tOffice("save")}
        </Button>
        <Button variant="outline" size="small" onClick={onEnd}>
          {tOffice("cancel")}
        </Button>
      </p>
    </Form>
  );
}
