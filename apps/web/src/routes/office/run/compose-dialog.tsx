import { isLecternError } from "@lectern/client";
import type { RunForStaff, RunMessagePreview } from "@lectern/contract/run-office";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { fieldText } from "../../../forms/contract-shape.ts";
import { LongTextField, TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { useContractForm } from "../../../forms/use-contract-form.ts";
import { Markdown } from "../../../markdown/markdown.tsx";
import { useUndo } from "../../../office/undo.tsx";

async function loadShape() {
  return (await import("@lectern/contract/run-office")).RunPreviewMessageInput;
}

interface ComposeDialogProps {
  readonly run: RunForStaff;
  /** Registrations that were chosen; none: everybody. */
  readonly chosen?: readonly string[];
  readonly onClose: () => void;
}

interface Draft {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
  readonly registrationIds?: string[] | null | undefined;
}

/** Writes to those who come: what it says, then how it looks and how many get it, then it is sent. */
export function ComposeDialog({ run, chosen = [], onClose }: ComposeDialogProps) {
  const t = useTranslations("officeRun");
  const [draft, setDraft] = useState<Draft>();
  const [preview, setPreview] = useState<RunMessagePreview>();
  return (
    <Dialog title={preview === undefined ? t("compose") : t("lookTitle")} onClose={onClose}>
      {(close) => (
        <>
          {/* What was typed stays there while it is looked at. */}
          <div hidden={preview !== undefined}>
            <WriteForm
              run={run}
              chosen={chosen}
              onClose={close}
              onLooked={(written, found) => {
                setDraft(written);
                setPreview(found);
              }}
            />
          </div>
          {draft === undefined || preview === undefined ? null : (
            <Look
              draft={draft}
              preview={preview}
              onPreview={setPreview}
              onBack={() => setPreview(undefined)}
              onSent={close}
            />
          )}
        </>
      )}
    </Dialog>
  );
}

interface WriteFormProps {
  readonly run: RunForStaff;
  readonly chosen: readonly string[];
  readonly onClose: () => void;
  readonly onLooked: (draft: Draft, preview: RunMessagePreview) => void;
}

function WriteForm({ run, chosen, onClose, onLooked }: WriteFormProps) {
  const t = useTranslations("officeRun");
  const words = useTranslations("office");
  const look = useLook();
  const [isToAll, setIsToAll] = useState(chosen.length === 0);
  const { problems, formProps } = useContractForm<Draft>({
    loadShape,
    inputOf: (data) => ({
      id: run.id,
      subject: fieldText(data, "subject"),
      body: fieldText(data, "body"),
      registrationIds: isToAll ? null : [...chosen],
    }),
    send: async (draft) => {
      onLooked(draft, await look.mutateAsync(draft));
    },
  });
  return (
    <Form {...formProps}>
      <p className="run-to">
        {t("to")}: <strong>{isToAll ? t("toAll") : t("toChosen", { count: chosen.length })}</strong>{" "}
        {isToAll ? null : (
          <button type="button" className="plain-button" onClick={() => setIsToAll(true)}>
            {t("toAllInstead")}
          </button>
        )}
      </p>
      <TextField name="subject" label={t("subject")} problems={problems} />
      <LongTextField
        name="body"
        label={t("body")}
        hint={t("bodyHint")}
        rows={9}
        problems={problems}
      />
      <CallFailure call={look} />
      <DialogActions>
        <Button variant="outline" onClick={onClose}>
          {words("cancel")}
        </Button>
        <Button type="submit" isBusy={look.isPending}>
          {t("look")}
        </Button>
      </DialogActions>
    </Form>
  );
}

/** Asks how a message would look, and how many get it. */
function useLook() {
  const api = useApi();
  const queryClient = useQueryClient();
  return useCall<Draft, RunMessagePreview, unknown, unknown>({
    mutationFn: (draft) =>
      queryClient.fetchQuery(api.runs.previewMessage.queryOptions(draft, { staleTime: 0 })),
  });
}

interface LookProps {
  readonly draft: Draft;
  readonly preview: RunMessagePreview;
  readonly onPreview: (preview: RunMessagePreview) => void;
  readonly onBack: () => void;
  readonly onSent: () => void;
}

function Look({ draft, preview, onPreview, onBack, onSent }: LookProps) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const look = useLook();
  const call = useCall(api.runs.sendMessage.mutationOptions());
  const { recipients } = preview;
  async function send(): Promise<void> {
    const wish = { ...draft, recipients };
    try {
      await call.mutateAsync({ ...wish, idempotencyKey: call.keyOf(wish) });
    } catch (error) {
      // The dialog says why. Of other recipients there is a new count to be seen.
      if (isLecternError(error, "Conflict")) onPreview(await look.mutateAsync(draft));
      return;
    }
    undo.say(t("sent", { count: recipients }));
    void queryClient.invalidateQueries(api.runs.messages.infiniteQueryFilter());
    onSent();
  }
  return (
    <div className="run-look">
      <p>
        <strong>{t("lookCount", { count: recipients })}.</strong> {t("lookWords")}
        {preview.unreachable > 0 ? <> {t("unreachable", { count: preview.unreachable })}</> : null}
      </p>
      <article className="run-message-paper">
        <h3>{preview.subject}</h3>
        <Markdown text={draft.body} topHeading={3} />
      </article>
      <CallFailure
        call={call}
        words={(error) =>
          isLecternError(error, "Conflict") && error.data.reason === "changed_meanwhile"
            ? t("recipientsChanged", { count: error.data.detail ?? "" })
            : undefined
        }
      />
      <DialogActions>
        <Button variant="outline" onClick={onBack}>
          {t("keepWriting")}
        </Button>
        <Button
          isDisabled={recipients === 0}
          isBusy={call.isPending || look.isPending}
          onClick={() => void send()}
        >
          {t("send", { count: recipients })}
        </Button>
      </DialogActions>
    </div>
  );
}
