import type { DeadJob } from "@lectern/contract/jobs";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../../account/call-failure.tsx";
import { useCall } from "../../../../account/use-call.ts";
import { Button } from "../../../../components/button.tsx";
import { useApi } from "../../../../data/api.ts";
import { Dialog, DialogActions } from "../../../../dialog/dialog.tsx";
import { useMay } from "../../../../office/office-me.ts";
import { OfficeInstant } from "../../../../office/office-time.tsx";
import { Facts } from "../../../../office/record-page.tsx";
import { SidePanel } from "../../../../office/side-panel.tsx";
import { useUndo } from "../../../../office/undo.tsx";

interface JobPanelProps {
  readonly job: DeadJob;
  readonly onClose: () => void;
}

/** A job that failed for good beside the list: what went wrong, what it was to work on, and what can be done. */
export function JobPanel({ job, onClose }: JobPanelProps) {
  const t = useTranslations("officeJobs");
  const api = useApi();
  const may = useMay();
  const undo = useUndo();
  const queryClient = useQueryClient();
  const [isDiscarding, setIsDiscarding] = useState(false);
  const retrying = useCall(api.jobs.retry.mutationOptions());
  const { id, queue, jobId, error, attempts, createdAt, failedAt, data } = job;
  function retry(): void {
    retrying.mutate(
      { id, idempotencyKey: retrying.keyOf({ id }) },
      {
        onSuccess: ({ isWaiting }) => {
          undo.say(t(isWaiting ? "retried" : "leftOut", { queue }));
          void queryClient.invalidateQueries(api.jobs.pathFilter());
          onClose();
        },
      },
    );
  }
  return (
    <SidePanel title={<code className="office-jobs-queue">{queue}</code>} onClose={onClose}>
      <div className="office-jobs-one">
        <p className="office-jobs-error">{error}</p>
        <Facts
          facts={[
            [t("attempts"), String(attempts)],
            [t("failedAt"), <OfficeInstant key="failed" instant={failedAt} />],
            [t("createdAt"), <OfficeInstant key="created" instant={createdAt} />],
            [t("jobId"), <code key="id">{jobId}</code>],
          ]}
        />
        <div>
          <p className="label">{t("data")}</p>
          <pre className="office-jobs-data" tabIndex={0} aria-label={t("data")}>
            {indented(data)}
          </pre>
        </div>
        <CallFailure call={retrying} />
        {may("jobs.write") ? (
          <p className="office-jobs-do">
            <Button isBusy={retrying.isPending} onClick={retry}>
              {t("retry")}
            </Button>
            <Button variant="outline" onClick={() => setIsDiscarding(true)}>
              {t("discard")}
            </Button>
          </p>
        ) : null}
        {isDiscarding ? (
          <DiscardDialog job={job} onDone={onClose} onClose={() => setIsDiscarding(false)} />
        ) : null}
      </div>
    </SidePanel>
  );
}

/** JSON may have been cut off. */
function indented(data: string): string {
  try {
    return JSON.stringify(JSON.parse(data), null, 2);
  } catch {
    return data;
  }
}

interface DiscardDialogProps {
  readonly job: DeadJob;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

function DiscardDialog({ job: { id, queue }, onDone, onClose }: DiscardDialogProps) {
  const t = useTranslations("officeJobs");
  const api = useApi();
  const undo = useUndo();
  const queryClient = useQueryClient();
  const discarding = useCall(api.jobs.discard.mutationOptions());
  function discard(close: () => void): void {
    discarding.mutate(
      { id, idempotencyKey: discarding.keyOf({ id }) },
      {
        onSuccess: () => {
          close();
          undo.say(t("discarded", { queue }));
          void queryClient.invalidateQueries(api.jobs.pathFilter());
          onDone();
        },
      },
    );
  }
  return (
    <Dialog title={t("discardTitle")} onClose={onClose}>
      {(close) => (
        <>
          <p>{t("discardWords")}</p>
          <CallFailure call={discarding} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("keep")}
            </Button>
            <Button isBusy={discarding.isPending} onClick={() => discard(close)}>
              {t("discard")}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
