import { isLecternError } from "@lectern/client";
import type { RoomDetail } from "@lectern/contract/venues";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCallForm } from "../../../../account/use-call-form.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";
import { fieldNumber, fieldText } from "../../../../forms/contract-shape.ts";
import { TextField } from "../../../../forms/fields.tsx";
import { Form } from "../../../../forms/form.tsx";
import type { FieldProblems } from "../../../../forms/use-contract-form.ts";
import { useUndo } from "../../../../office/undo.tsx";
import { useVenuesChanged } from "../venues/use-venues-changed.ts";
import { TooLarge } from "./too-large.tsx";

async function loadCreateShape() {
  return (await import("@lectern/contract/venues")).RoomCreateInput;
}

async function loadUpdateShape() {
  return (await import("@lectern/contract/venues")).RoomUpdateInput;
}

function roomOf(data: FormData): object {
  return { name: fieldText(data, "name"), capacity: fieldNumber(data, "capacity") };
}

interface NewRoomDialogProps {
  /** `null`: one that is nowhere. */
  readonly venueId: string | null;
  readonly onClose: () => void;
}

/** Adds a room. */
export function NewRoomDialog({ venueId, onClose }: NewRoomDialogProps) {
  const t = useTranslations("officeVenues");
  return (
    <Dialog title={t("addRoom")} onClose={onClose}>
      {(close) => <NewRoomForm venueId={venueId} close={close} />}
    </Dialog>
  );
}

function NewRoomForm({ venueId, close }: { venueId: string | null; close: () => void }) {
  const t = useTranslations("officeVenues");
  const undo = useUndo();
  const changed = useVenuesChanged();
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadCreateShape,
    inputOf: (data) => ({ ...roomOf(data), venueId }),
    call: useApi().venues.addRoom.mutationOptions(),
    onDone: ({ name }) => {
      close();
      undo.say(t("roomMade", { name }));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <RoomFailure call={sending} />
      <RoomFields problems={problems} />
      <Actions close={close} isBusy={sending.isPending} words={t("addRoom")} />
    </Form>
  );
}

interface ChangeRoomDialogProps {
  readonly room: RoomDetail;
  readonly onClose: () => void;
}

/** Changes a room. Which dates would be too large for it is shown before. */
export function ChangeRoomDialog(props: ChangeRoomDialogProps) {
  const t = useTranslations("officeVenues");
  // As it was when it was opened: what is read meanwhile is not what was looked at.
  const [room] = useState(props.room);
  return (
    <Dialog title={t("changeTitle", { name: room.name })} onClose={props.onClose}>
      {(close) => <ChangeRoomForm room={room} close={close} />}
    </Dialog>
  );
}

function ChangeRoomForm({ room, close }: { room: RoomDetail; close: () => void }) {
  const t = useTranslations("officeVenues");
  const undo = useUndo();
  const changed = useVenuesChanged();
  const [wanted, setWanted] = useState(room.capacity);
  const { problems, formProps, sending } = useCallForm({
    loadShape: loadUpdateShape,
    inputOf: (data) => ({ ...roomOf(data), id: room.id, version: room.version }),
    call: useApi().venues.updateRoom.mutationOptions(),
    onDone: ({ name }) => {
      close();
      undo.say(t("changed", { name }));
      changed();
    },
  });
  return (
    <Form
      {...formProps}
      onInput={({ currentTarget }) =>
        setWanted(fieldNumber(new FormData(currentTarget), "capacity") ?? room.capacity)
      }
    >
      <RoomFailure call={sending} />
      <RoomFields problems={problems} room={room} />
      <TooLarge room={room} wanted={wanted} />
      <Actions close={close} isBusy={sending.isPending} words={t("save")} />
    </Form>
  );
}

interface RoomFailureProps {
  readonly call: { readonly error: unknown; readonly failureCount: number };
}

function RoomFailure({ call }: RoomFailureProps) {
  const t = useTranslations("officeVenues");
  return (
    <CallFailure
      call={call}
      words={(failure) =>
        isLecternError(failure, "Conflict") && failure.data.reason === "already_exists"
          ? t("roomThere")
          : undefined
      }
    />
  );
}

function RoomFields({ problems, room }: { problems: FieldProblems; room?: RoomDetail }) {
  const t = useTranslations("officeVenues");
  return (
    <>
      <TextField
        name="name"
        label={t("name")}
        value={room?.name ?? ""}
        autoComplete="off"
        problems={problems}
      />
      <TextField
        name="capacity"
        type="number"
        min={1}
        label={t("capacity")}
        hint={t("capacityHint")}
        value={room === undefined ? "" : String(room.capacity)}
        problems={problems}
      />
    </>
  );
}

interface ActionsProps {
  readonly close: () => void;
  readonly isBusy: boolean;
  readonly words: string;
}

function Actions({ close, isBusy, words }: ActionsProps) {
  const t = useTranslations("officeVenues");
  return (
    <DialogActions>
      <Button variant="outline" onClick={close}>
        {t("keep")}
      </Button>
      <Button type="submit" isBusy={isBusy}>
        {words}
      </Button>
    </DialogActions>
  );
}
