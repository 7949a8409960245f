import { isLecternError } from "@lectern/client";
import type { PersonDetail } from "@lectern/contract/people";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { useOfficeMe } from "../../../office/office-me.ts";
import { useUndo } from "../../../office/undo.tsx";
import { FindField } from "../bookings/find-field.tsx";
import type { PersonDialogProps } from "./assign-role-dialog.tsx";
import { MergePreview } from "./merge-preview.tsx";
import { usePersonChanged } from "./use-person.ts";

interface MergeDialogProps extends PersonDialogProps {
  /** @param id of the account that stays */
  readonly onMerged: (id: string) => void;
}

/** Makes one account of two of the same person: what moves is shown before, as it can't be taken back. */
export function MergeDialog({ person, onMerged, onClose }: MergeDialogProps) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const [otherId, setOtherId] = useState<string>();
  return (
    <Dialog title={t("mergeTitle", { name: person.name })} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("mergeWords")}</p>
          <FindField
            kind="person"
            label={t("mergeOther")}
            value={otherId}
            onChange={setOtherId}
            without={person.id}
          />
          {otherId === undefined ? (
            <DialogActions>
              <Button variant="outline" onClick={close}>
                {tOffice("cancel")}
              </Button>
            </DialogActions>
          ) : (
            <Chosen
              key={otherId}
              person={person}
              otherId={otherId}
              close={close}
              onMerged={onMerged}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

interface ChosenProps extends Pick<MergeDialogProps, "person" | "onMerged"> {
  readonly otherId: string;
  readonly close: () => void;
}

function Chosen({ person, otherId, close, onMerged }: ChosenProps) {
  const other = useQuery(useApi().people.byId.queryOptions({ id: otherId }, { staleTime: 0 }));
  return (
    <Loaded query={other}>
      {(found) => <Merging person={person} other={found} close={close} onMerged={onMerged} />}
    </Loaded>
  );
}

interface MergingProps extends Pick<MergeDialogProps, "person" | "onMerged"> {
  readonly other: PersonDetail;
  readonly close: () => void;
}

function Merging({ person, other, close, onMerged }: MergingProps) {
  const t = useTranslations("officePeople");
  const tOffice = useTranslations("office");
  const name = useId();
  const undo = useUndo();
  const me = useOfficeMe();
  const changed = usePersonChanged();
  const merging = useCall(useApi().people.merge.mutationOptions());
  // Oneself goes on being signed in.
  const [intoId, setIntoId] = useState(other.id === me.id ? other.id : person.id);
  const [from, into] = intoId === person.id ? [other, person] : [person, other];
  function merge(): void {
    const wish = { fromId: from.id, intoId: into.id };
    merging.mutate(
      { ...wish, idempotencyKey: merging.keyOf(wish) },
      {
        onSuccess: ({ id, moved }) => {
          close();
          onMerged(id);
          changed();
          undo.say(t("merged", { email: from.email, ...moved }));
        },
      },
    );
  }
  return (
    <>
      <fieldset className="office-person-stays">
        <legend className="label">{t("mergeStays")}</legend>
        {[person, other].map((each) => (
          <label key={each.id}>
            <input
              type="radio"
              name={name}
              checked={each.id === intoId}
              disabled={each.id !== intoId && into.id === me.id}
              onChange={() => setIntoId(each.id)}
            />
            <span>
              {each.name} <span className="aside-note">{each.email}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {other.isSuspended ? (
        <p role="alert">{t("mergeSuspended")}</p>
      ) : (
        <MergePreview from={from} into={into} />
      )}
      <CallFailure
        call={merging}
        words={(failure) =>
          isLecternError(failure, "Conflict") && failure.data.reason === "wrong_state"
            ? t("mergeSuspended")
            : undefined
        }
      />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {tOffice("cancel")}
        </Button>
        <Button isBusy={merging.isPending} isDisabled={other.isSuspended} onClick={merge}>
          {t("mergeYes")}
        </Button>
      </DialogActions>
    </>
  );
}
