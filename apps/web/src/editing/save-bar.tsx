import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { formatInstant } from "../format/dates.ts";
import { useShortcut } from "../office/use-shortcut.ts";
import { useUndo } from "../office/undo.tsx";
import type { Editing } from "./use-edit.ts";
import "./save-bar.css";

interface SaveBarProps<Content extends object> {
  readonly edit: Editing<Content>;
  readonly isSaving: boolean;
  /** Fields that need another look before it can be saved, by their names. */
  readonly wrong: readonly string[];
  /** Why, for colleagues: stands beside the version. */
  readonly note?: { readonly value: string; readonly onChange: (note: string) => void };
  readonly onSave: () => void;
}

const NOTE_MAX = 500;

/** Says how what is typed stands: not saved yet, kept on this device, or saved; and saves it. */
export function SaveBar<Content extends object>(props: SaveBarProps<Content>) {
  const { edit, isSaving, wrong, note, onSave } = props;
  const t = useTranslations("officeEditing");
  const undo = useUndo();
  const count = edit.changed.length;
  useShortcut("mod+s", t("save"), { isWhileTyping: true, run: onSave });
  function discard(): void {
    undo.done({ words: t("discarded"), undo: edit.discard() });
  }
  return (
    <div className="save-bar" role="region" aria-label={t("saving")} data-dirty={count > 0}>
      <div className="save-bar-words">
        <p role="status">
          {count === 0 ? t("allSaved") : t("notSaved", { count })}
          {count > 0 && edit.foundFrom !== undefined ? (
            <> {t("foundFrom", { when: formatInstant(edit.foundFrom) })}</>
          ) : null}
        </p>
        {count > 0 && !edit.isKept ? <p className="save-bar-alert">{t("notKept")}</p> : null}
        {wrong.length === 0 ? null : (
          <p className="save-bar-alert" role="alert">
            {t("wrong", { count: wrong.length, fields: wrong.join(", ") })}
          </p>
        )}
      </div>
      {count === 0 ? null : (
        <div className="save-bar-actions">
          {note === undefined ? null : (
            <input
              className="field save-bar-note"
              aria-label={t("note")}
              placeholder={t("note")}
              maxLength={NOTE_MAX}
              autoComplete="off"
              value={note.value}
              onChange={({ target }) => note.onChange(target.value)}
            />
          )}
          <Button variant="outline" size="small" onClick={discard}>
            {t("discard")}
          </Button>
          <Button size="small" isBusy={isSaving} onClick={onSave}>
            {t("save")}
          </Button>
        </div>
      )}
    </div>
  );
}
