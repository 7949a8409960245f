import type { RunCancelPreview, RunForStaff } from "@lectern/contract/run-office";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRunChanged } from "./use-run.ts";

async function loadShape() {
  return (await import("@lectern/contract/runs")).RunCancelInput;
}

interface RunDialogProps {
  readonly run: RunForStaff;
  readonly onClose: () => void;
}

/** Cancels a date, once it was shown whom that concerns. */
export function CancelDialog({ run, onClose }: RunDialogProps) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const preview = useQuery(api.runs.previewCancel.queryOptions({ id: run.id }, { gcTime: 0 }));
  return (
    <Dialog title={t("cancelTitle")} onClose={onClose}>
      {(close) => (
        <Loaded query={preview}>
          {(found) => (
            <>
              <Concerned preview={found} />
              <CancelForm run={run} version={found.version} close={close} />
            </>
          )}
        </Loaded>
      )}
    </Dialog>
  );
}

function Concerned({ preview }: { preview: RunCancelPreview }) {
  const t = useTranslations("officeRun");
  const { confirmed, awaited, held, waiting, offered, told } = preview;
  const lines = [
    t("cancelConfirmed", { bookings: confirmed.bookings, places: confirmed.places }),
    ...(awaited > 0 ? [t("cancelAwaited", { count: awaited })] : []),
    ...(held > 0 ? [t("cancelHeld", { count: held })] : []),
    ...(offered > 0 ? [t("cancelOffered", { count: offered })] : []),
    ...(waiting > 0 ? [t("cancelWaiting", { count: waiting })] : []),
  ];
  return (
    <>
      <h3>{t("cancelWhom")}</h3>
      <ul className="run-concerned">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <strong>{t("cancelTold", { count: told })}</strong> {t("cancelFinal")}
      </p>
    </>
  );
}

interface CancelFormProps {
  readonly run: RunForStaff;
  /** As it was when it was shown whom it concerns. */
  readonly version: number;
  readonly close: () => void;
}

function CancelForm({ run, version, close }: CancelFormProps) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(run.id);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => ({ id: run.id, version, reason: fieldText(data, "reason") }),
    call: api.runs.cancel.mutationOptions(),
    onDone: () => {
      close();
      undo.say(t("cancelled"));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <TextField name="reason" label={t("reason")} hint={t("reasonShown")} problems={problems} />
      <CallFailure call={sending} />
      <DialogActions>
        <Button variant="outline" onClick={close}>
          {t("keepRun")}
        </Button>
        <Button type="submit" isBusy={sending.isPending}>
          {t("cancelRun")}
        </Button>
      </DialogActions>
    </Form>
  );
}
