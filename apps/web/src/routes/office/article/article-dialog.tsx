import { newIdempotencyKey } from "@lectern/client";
import type { ArticleForEditing } from "@lectern/contract/articles";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { useCall } from "../../../account/use-call.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { Dialog, DialogActions } from "../../../dialog/dialog.tsx";
import { EditingField } from "../../../editing/editing-field.tsx";
import { formatInstant } from "../../../format/dates.ts";
import { useUndo } from "../../../office/undo.tsx";
import "./article-dialog.css";

export type ArticleMove = "publish" | "retire" | "unschedule";

interface ArticleDialogProps {
  readonly article: ArticleForEditing;
  readonly move: ArticleMove;
  /** What is not saved yet is saved first. */
  readonly isDirty: boolean;
  readonly save: () => Promise<number | undefined>;
  readonly onClose: () => void;
}

/** Asks before an article comes out, or goes. */
export function ArticleDialog({ article, move, isDirty, save, onClose }: ArticleDialogProps) {
  const t = useTranslations("officeArticles");
  const api = useApi();
  const queryClient = useQueryClient();
  const undo = useUndo();
  const [key] = useState(newIdempotencyKey);
  const [later, setLater] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [isSaving, setIsSaving] = useState(false);
  const publish = useCall(api.articles.publish.mutationOptions());
  const retire = useCall(api.articles.retire.mutationOptions());
  const call = move === "publish" ? publish : retire;

  async function go(close: () => void): Promise<void> {
    const at = later === undefined ? undefined : new Date(later);
    if (at !== undefined && !(at.getTime() > Date.now())) {
      setProblem(t("whenPast"));
      return;
    }
    setIsSaving(true);
    const version = isDirty ? await save() : article.version;
    setIsSaving(false);
    // The editor says why.
    if (version === undefined) {
      close();
      return;
    }
    const wish = { id: article.id, version, idempotencyKey: key };
    try {
      if (move === "publish") await publish.mutateAsync({ ...wish, at: at?.toISOString() ?? null });
      else await retire.mutateAsync(wish);
    } catch {
      // Said in the dialog.
      return;
    }
    await queryClient.invalidateQueries(api.articles.pathFilter());
    undo.say(
      at === undefined
        ? t(`done_${move}`)
        : t("done_scheduled", { when: formatInstant(at.toISOString()) }),
    );
    close();
  }
  return (
    <Dialog title={t(`ask_${move}`)} onClose={onClose}>
      {(close) => (
        <>
          <p>{t(`means_${move}`)}</p>
          {isDirty ? <p>{t("savedFirst")}</p> : null}
          {move === "publish" ? <When later={later} problem={problem} onChange={setLater} /> : null}
          <CallFailure call={call} />
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("notNow")}
            </Button>
            <Button isBusy={call.isPending || isSaving} onClick={() => void go(close)}>
              {t(`do_${move}`)}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface WhenProps {
  /** A local time; `undefined`: at once. */
  readonly later: string | undefined;
  readonly problem: string | undefined;
  readonly onChange: (later: string | undefined) => void;
}

function When({ later, problem, onChange }: WhenProps) {
  const t = useTranslations("officeArticles");
  return (
    <>
      <fieldset className="article-dialog-when">
        <legend>{t("when")}</legend>
        <label>
          <input
            type="radio"
            name="when"
            checked={later === undefined}
            onChange={() => onChange(undefined)}
          />
          {t("whenNow")}
        </label>
        <label>
          <input
            type="radio"
            name="when"
            checked={later !== undefined}
            onChange={() => onChange("")}
          />
          {t("whenLater")}
        </label>
      </fieldset>
      {later === undefined ? null : (
        <EditingField label={t("whenAt")} problem={problem}>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              className="field"
              max="2199-12-31T23:59"
              value={later}
              onChange={({ target }) => onChange(target.value)}
            />
          )}
        </EditingField>
      )}
    </>
  );
}
