import { useRouter } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useAllCommands } from "./commands.tsx";
import { useOfficeMe } from "./office-me.ts";
import { useOfficePages } from "./office-navigation.tsx";
import { type PaletteEntry, type PaletteGroup, matching } from "./palette-entry.ts";
import { keepRecentPage, recentPages } from "./recent.ts";
import { KeyCaps } from "./shortcut-help.tsx";
import { useFound } from "./use-found.ts";

/** What can be gone to and done from here, narrowed by what is typed (the combobox pattern of ARIA). */
export function PaletteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("office");
  const me = useOfficeMe();
  const element = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const own = useOwnGroups(typed);
  const found = useFound(typed);
  const groups = [...own, ...found.groups];
  const entries = groups.flatMap((group) => group.entries);
  const active = entries[Math.min(chosen, entries.length - 1)];

  useEffect(() => {
    if (element.current?.open === false) element.current.showModal();
  }, []);
  useEffect(() => {
    if (active === undefined) return;
    document.querySelector(`#${CSS.escape(optionId(id, active))}`)?.scrollIntoView({
      block: "nearest",
    });
  }, [id, active]);

  function take(entry: PaletteEntry): void {
    // The focus is back before anything opens that takes it.
    element.current?.close();
    if (entry.address !== undefined) {
      keepRecentPage(me.id, { address: entry.address, words: entry.words });
    }
    entry.run();
  }

  function move(event: KeyboardEvent): void {
    const last = entries.length - 1;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: chosen >= last ? 0 : chosen + 1,
      ArrowUp: chosen <= 0 ? last : Math.min(chosen, last) - 1,
      PageDown: last,
      PageUp: 0,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(Math.max(next, 0));
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (active !== undefined) take(active);
    }
  }

  return (
    <dialog
      ref={element}
      className="palette"
      aria-label={t("search")}
      onClose={onClose}
      onClick={({ target }) => {
        // Beside it.
        if (target === element.current) element.current.close();
      }}
    >
      <div className="palette-inside">
        <input
          type="text"
          className="palette-input"
          role="combobox"
          aria-label={t("search")}
          aria-expanded
          aria-controls={`${id}list`}
          aria-autocomplete="list"
          {...(active && { "aria-activedescendant": optionId(id, active) })}
          placeholder={t("searchHint")}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setChosen(0);
          }}
          onKeyDown={move}
        />
        <div id={`${id}list`} role="listbox" aria-label={t("search")} className="palette-list">
          {groups.map((group) => (
            <Group key={group.id} id={id} group={group} active={active} onTake={take} />
          ))}
        </div>
        <p role="status" className="palette-status">
          {found.hasFailed
            ? t("searchFailed")
            : found.isSearching
              ? t("searching")
              : t("searchCount", { count: entries.length })}
        </p>
      </div>
    </dialog>
  );
}

function optionId(id: string, entry: PaletteEntry): string {
  return `${id}${entry.id}`;
}

interface GroupProps {
  readonly id: string;
  readonly group: PaletteGroup;
  readonly active: PaletteEntry | undefined;
  readonly onTake: (entry: PaletteEntry) => void;
}

function Group({ id, group, active, onTake }: GroupProps) {
  return (
    <div role="group" aria-labelledby={`${id}${group.id}`}>
      <p id={`${id}${group.id}`} className="palette-title">
        {group.title}
      </p>
      {group.entries.map((entry) => (
        <div
          key={entry.id}
          id={optionId(id, entry)}
          role="option"
          aria-selected={entry === active}
          className="palette-one"
          onClick={() => onTake(entry)}
        >
          <span className="palette-words">{entry.words}</span>
          {entry.note === undefined ? null : <span className="palette-note">{entry.note}</span>}
          {entry.keys === undefined ? null : (
            <span className="palette-keys" aria-hidden="true">
              <KeyCaps keys={entry.keys} />
            </span>
          )}
        </div>
      ))}
    </div>
  );
}

/** What is known without asking: what the page can do, where one was last, and the pages. */
function useOwnGroups(typed: string): readonly PaletteGroup[] {
  const t = useTranslations("office");
  const me = useOfficeMe();
  const router = useRouter();
  const commands = useAllCommands();
  const pages = useOfficePages();
  const [recent] = useState(() => recentPages(me.id));
  const goes = (address: string) => () => void router.navigate({ href: address });
  const groups: readonly PaletteGroup[] = [
    {
      id: "commands",
      title: t("paletteCommands"),
      entries: commands.map((command) => ({ ...command, id: `command-${command.id}` })),
    },
    {
      id: "recent",
      title: t("paletteRecent"),
      entries: recent
        .filter(({ address }) => !pages.some((page) => page.address === address))
        .map((page) => ({ ...page, id: `recent-${page.address}`, run: goes(page.address) })),
    },
    {
      id: "pages",
      title: t("menu"),
      entries: pages.map(({ address, words, key }) => ({
        id: address,
        words: t(words),
        keys: `g ${key}`,
        address,
        run: goes(address),
      })),
    },
  ];
  return groups
    .map((group) => ({ ...group, entries: matching(group.entries, typed) }))
    .filter(({ entries }) => entries.length > 0);
}
