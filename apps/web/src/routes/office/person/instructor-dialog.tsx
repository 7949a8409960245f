import { type RouterOutputs, isLecternError } from "@lectern/client";
import type { PersonDetail } from "@lectern/contract/people";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { SelectField } from "../../../account/select-field.tsx";
import { useCall } from "../../../account/use-call.ts";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { Form } from "../../../forms/form.tsx";
import { compareNames } from "../../../format/names.ts";
import { useUndo } from "../../../office/undo.tsx";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";
import { usePersonChanged } from "./use-person.ts";

type Instructors = RouterOutputs["runs"]["options"]["instructors"];

async function loadShape() {
  return (await import("@lectern/contract/people")).InstructorLinkInput;
}

/** Says which instructor of the catalogue somebody is: with that role, they see the dates that they teach. */
export function InstructorDialog({ person, onClose }: PersonDialogProps) {
  const t = useTranslations("officePeople");
  const options = useQuery(useApi().runs.options.queryOptions());
  return (
    <Dialog title={t("instructorTitle", { name: person.name })} onClose={onClose}>
      {(close) => (
        <Loaded query={options}>
          {({ instructors }) => (
            <LinkForm person={person} instructors={instructors} close={close} />
          )}
        </Loaded>
      )}
    </Dialog>
  );
}

interface LinkFormProps {
  readonly person: PersonDetail;
  readonly instructors: Instructors;
  readonly close: () => void;
}

function LinkForm({ person, instructors, close }: LinkFormProps) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const undo = useUndo();
  const changed = usePersonChanged();
  const { id: personId, name, instructor } = person;
  const link = useApi().people.linkInstructor.mutationOptions();
  const linkingBack = useCall(link);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    call: link,
    inputOf: (data) => ({ personId, instructorId: fieldText(data, "instructorId") ?? null }),
    onDone: (_, { instructorId }) => {
      close();
      changed();
      const back = { personId, instructorId: instructor?.id ?? null };
      undo.done({
        words: t(instructorId === null ? "instructorUnlinked" : "instructorLinked", { name }),
        undo: async () => {
          await linkingBack.mutateAsync({ ...back, idempotencyKey: linkingBack.keyOf(back) });
          changed();
        },
      });
    },
  });
  return (
    <Form {...formProps}>
      <p>{t("instructorWords")}</p>
      <CallFailure
        call={sending}
        words={(failure) =>
          isLecternError(failure, "Conflict") ? t("instructorTaken") : undefined
        }
      />
      <SelectField
        name="instructorId"
        label={t("instructor")}
        value={instructor?.id ?? ""}
        problems={problems}
      >
        <option value="">{t("instructorNone")}</option>
        {instructors
          .toSorted((one, other) => compareNames(one.name, other.name))
          .map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
      </SelectField>
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {tOffice("save")}
        </Button>
      </DialogActions>
    </Form>
  );
}
