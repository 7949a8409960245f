import { type FormEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { readStored, subscribeToStorage } from "../browser/stored.ts";
import { Button } from "../components/button.tsx";
import { Dialog, DialogActions } from "../dialog/dialog.tsx";
import { useOfficeMe } from "./office-me.ts";
import {
  NAME_MAX,
  type SavedFilter,
  deleteFilter,
  parseSaved,
  renameFilter,
  saveFilter,
  savedFiltersOf,
} from "./saved-filters.ts";
import { useUndo } from "./undo.tsx";
import "./saved-filters-menu.css";

interface SavedFiltersMenuProps {
  /** Of which list they are: `bookings`. */
  readonly page: string;
  /** What is chosen now, as it stands in the address. */
  readonly query: string;
  readonly onApply: (query: string) => void;
}

/** Filters under names, kept on this device: to be applied, renamed and deleted. */
export function SavedFiltersMenu({ page, query, onApply }: SavedFiltersMenuProps) {
  const t = useTranslations("office");
  const me = useOfficeMe();
  const undo = useUndo();
  const stored = useSyncExternalStore(subscribeToStorage, () => readStored(savedFiltersOf(me.id)));
  const saved = parseSaved(stored).filter((one) => one.page === page);
  const [naming, setNaming] = useState<SavedFilter | "new">();
  function remove(one: SavedFilter): void {
    deleteFilter(me.id, one.id);
    undo.done({ words: t("savedDeleted", { name: one.name }), undo: () => saveFilter(me.id, one) });
  }
  function keep(name: string): void {
    if (naming === "new") saveFilter(me.id, { id: crypto.randomUUID(), page, name, query });
    else if (naming !== undefined) renameFilter(me.id, naming.id, name);
    undo.say(t("savedKept", { name }));
  }
  return (
    <div className="saved-filters">
      {saved.map((one) => (
        <span key={one.id} className="saved-filters-one" data-current={one.query === query}>
          <button
            type="button"
            aria-pressed={one.query === query}
            onClick={() => onApply(one.query)}
          >
            {one.name}
          </button>
          {one.query === query ? (
            <>
              <button type="button" onClick={() => setNaming(one)}>
                {t("savedRename")}
              </button>
              <button type="button" onClick={() => remove(one)}>
                {t("savedDelete")}
              </button>
            </>
          ) : null}
        </span>
      ))}
      {query === "" || saved.some((one) => one.query === query) ? null : (
        <button type="button" className="saved-filters-new" onClick={() => setNaming("new")}>
          {t("savedNew")}
        </button>
      )}
      {naming === undefined ? null : (
        <NameDialog
          name={naming === "new" ? "" : naming.name}
          onName={keep}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  );
}

interface NameDialogProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function NameDialog({ name, onName, onClose }: NameDialogProps) {
  const t = useTranslations("office");
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  function send(event: FormEvent, close: () => void): void {
    event.preventDefault();
    const typed = field.current?.value.trim() ?? "";
    if (typed === "") {
      field.current?.focus();
      return;
    }
    onName(typed);
    close();
  }
  return (
    <Dialog title={name === "" ? t("savedNew") : t("savedRename")} onClose={onClose}>
      {(close) => (
        <form className="saved-filters-form" onSubmit={(event) => send(event, close)}>
          <label htmlFor={id}>{t("savedName")}</label>
          <input
            ref={field}
            id={id}
            className="field"
            defaultValue={name}
            maxLength={NAME_MAX}
            required
            autoComplete="off"
          />
          <p className="aside-note">{t("savedWhere")}</p>
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {t("cancel")}
            </Button>
            <Button type="submit">{t("save")}</Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
