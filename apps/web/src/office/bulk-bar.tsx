import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { type BulkAction, BulkDialog } from "./bulk-dialog.tsx";
import { useCommands } from "./commands.tsx";
import type { Selection } from "./use-selection.ts";
import { useShortcut } from "./use-shortcut.ts";
import "./bulk-bar.css";

interface BulkBarProps<Item> {
  readonly selection: Selection<Item>;
  readonly keyOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  readonly actions: readonly BulkAction<Item>[];
}

/** What can be done with all that is chosen: there for as long as something is. */
export function BulkBar<Item>({ selection, keyOf, nameOf, actions }: BulkBarProps<Item>) {
  const t = useTranslations("office");
  const [open, setOpen] = useState<BulkAction<Item>>();
  const count = selection.items.length;
  useShortcut("Escape", t("clearChosen"), { isOff: count === 0, run: () => selection.clear() });
  useCommands(
    count === 0
      ? []
      : actions.map((action) => ({
          id: `bulk-${action.id}`,
          words: t("bulkCommand", { action: action.words, count: String(count) }),
          run: () => setOpen(action),
        })),
  );
  return (
    <>
      <div className="bulk-bar" role="region" aria-label={t("bulk")} hidden={count === 0}>
        <p role="status" className="figures">
          {count === 0 ? "" : t("chosen", { count })}
        </p>
        {actions.map((action) => (
          <Button key={action.id} variant="outline" size="small" onClick={() => setOpen(action)}>
            {action.words}
          </Button>
        ))}
        <button type="button" className="bulk-bar-clear" onClick={selection.clear}>
          {t("clearChosen")}
        </button>
      </div>
      {open === undefined ? null : (
        <BulkDialog
          action={open}
          items={selection.items}
          keyOf={keyOf}
          nameOf={nameOf}
          onEnd={(reasons) => selection.keepFailed(reasons)}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}
