import { useState } from "react";
import { useTranslations } from "use-intl";
import { OfficeIcon } from "./office-icon.tsx";
import { PaletteDialog } from "./palette-dialog.tsx";
import { KeyCaps } from "./shortcut-help.tsx";
import { useShortcut } from "./use-shortcut.ts";
import "./palette.css";

/** Opens the command palette: by a button, by Ctrl-K or ⌘-K, and by `/`. */
export function Palette() {
  const t = useTranslations("office");
  const [isOpen, setIsOpen] = useState(false);
  const open = { isEverywhere: true, run: () => setIsOpen(true) };
  useShortcut("mod+k", t("search"), { ...open, isWhileTyping: true });
  useShortcut("/", t("search"), open);
  return (
    <>
      <button
        type="button"
        className="palette-button"
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        <OfficeIcon name="search" />
        <span className="palette-button-words">
          {t("searchShort")}
          <span className="visually-hidden"> {t("searchMore")}</span>
        </span>
        <span className="palette-button-keys" aria-hidden="true">
          <KeyCaps keys="mod+k" />
        </span>
      </button>
      {isOpen ? <PaletteDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
