import type { EnquiryListItem } from "@lectern/contract/enquiries";
import { EnquiryStatus } from "@lectern/contract/vocabulary";
import { useCallback, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { useMay } from "../../../office/office-me.ts";
import { usePointerDrag } from "../../../office/use-pointer-drag.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { BoardColumn } from "./board-column.tsx";
import { CardFacts } from "./enquiry-card.tsx";
import { MoveDialog } from "./note-dialog.tsx";
import { movesOf } from "./moves.ts";
import { useBoardKeys } from "./use-board-keys.ts";
import { type Column, itemsOf } from "./use-enquiries.ts";
import { useMoveEnquiry } from "./use-move-enquiry.ts";
import { useNow } from "./use-now.ts";
import "./board.css";

/** The column that an element belongs to. */
function statusAt(element: Element | null): EnquiryStatus | null {
  const found = element?.closest<HTMLElement>("[data-status]")?.dataset["status"];
  return EnquiryStatus.safeParse(found).data ?? null;
}

function isSame(one: EnquiryStatus | null, other: EnquiryStatus | null): boolean {
  return one === other;
}

/** Enquiries in columns by state. A card is moved by dragging, by its menu and by the keyboard. */
export function Board({ columns }: { columns: readonly Column[] }) {
  const t = useTranslations("officeEnquiries");
  const mayWrite = useMay()("enquiries.write");
  const now = useNow();
  const board = useRef<HTMLDivElement>(null);
  const [noted, setNoted] = useState<EnquiryListItem>();
  const [chosen, setChosen] = useState<EnquiryStatus>("new");
  const moving = useMoveEnquiry();
  const canMove = ({ id, status }: EnquiryListItem) =>
    mayWrite && movesOf(status).length > 0 && !moving.isMoving(id);
  const move = (enquiry: EnquiryListItem, to: EnquiryStatus) => void moving.move({ enquiry, to });
  const keys = useBoardKeys({ board, columns, canMove, onMove: move });
  const { ghost, follow } = useGhost();
  const { dragged, press } = usePointerDrag<EnquiryListItem, EnquiryStatus>({
    placeOf: statusAt,
    isSame,
    // A finger scrolls; it has the menu.
    handle: "[data-handle]",
    onFollow: follow,
    onDrop: (enquiry, from, to) => {
      if (movesOf(from).includes(to)) move(enquiry, to);
    },
  });
  useShortcut("m", t("moveCard"), {
    isOff: !mayWrite,
    run: () => {
      const id = document.activeElement?.closest<HTMLElement>("[data-card]")?.dataset["card"];
      const enquiry = columns.flatMap(({ list }) => itemsOf(list)).find((item) => item.id === id);
      if (enquiry !== undefined && canMove(enquiry)) setNoted(enquiry);
    },
  });
  function actionsOf(enquiry: EnquiryListItem): Action[] {
    if (!canMove(enquiry)) return [];
    return [
      ...movesOf(enquiry.status).map((to) => ({
        id: to,
        words: t(`moveTo_${to}`),
        isDangerous: to === "spam",
        run: () => move(enquiry, to),
      })),
      { id: "note", words: t("moveWithNote"), run: () => setNoted(enquiry) },
    ];
  }
  const failed = columns.find(({ list }) => list.data === undefined && list.error !== null);
  if (failed !== undefined) return <Loaded query={failed.list}>{() => null}</Loaded>;
  // On narrow screens, one column is shown: a filter may have taken it away.
  const shown = columns.some(({ status }) => status === chosen) ? chosen : columns[0]?.status;
  return (
    <>
      <div className="board-choice" role="group" aria-label={t("columns")}>
        {columns.map(({ status, list }) => (
          <button
            key={status}
            type="button"
            className="plain-button"
            aria-pressed={status === shown}
            onClick={() => setChosen(status)}
          >
            {t(`status_${status}`)} <span className="figures">{list.data?.pages[0]?.total}</span>
          </button>
        ))}
      </div>
      <div
        ref={board}
        className="board"
        data-dragging={dragged !== null}
        onKeyDown={keys.onKeyDown}
      >
        {columns.map((column) => (
          <BoardColumn
            key={column.status}
            column={column}
            now={now}
            isChosen={column.status === shown}
            drop={dropOf(dragged, column.status)}
            lifted={dragged?.item.id}
            reachable={keys.reachable(column)}
            actionsOf={actionsOf}
            canMove={canMove}
            isMoving={moving.isMoving}
            onFocus={keys.onFocus}
            onPress={press}
          />
        ))}
      </div>
      {mayWrite ? <p className="board-help">{t("boardHelp")}</p> : null}
      <p className="visually-hidden" role="status">
        {keys.said}
      </p>
      {dragged === null ? null : (
        <div ref={ghost} className="board-ghost" aria-hidden="true">
          <strong>{dragged.item.name}</strong>
          <CardFacts enquiry={dragged.item} now={now} />
        </div>
      )}
      {noted === undefined ? null : (
        <MoveDialog enquiry={noted} onMove={moving.attempt} onClose={() => setNoted(undefined)} />
      )}
    </>
  );
}

/** What a column says of what is dragged: nothing, that it takes it, is about to get it, or does not take it. */
export type Drop = "none" | "allowed" | "over" | "refused";

function dropOf(
  dragged: { readonly from: EnquiryStatus; readonly over: EnquiryStatus | null } | null,
  status: EnquiryStatus,
): Drop {
  if (dragged === null || dragged.from === status) return "none";
  if (!movesOf(dragged.from).includes(status)) return "refused";
  return dragged.over === status ? "over" : "allowed";
}

const GHOST_OFFSET = 12;

/** The card that goes along with the pointer: put there without drawing the board anew. */
function useGhost() {
  const element = useRef<HTMLElement>(null);
  const last = useRef({ x: 0, y: 0 });
  const place = useCallback(() => {
    const { x, y } = last.current;
    if (element.current !== null) {
      element.current.style.translate = `${String(x + GHOST_OFFSET)}px ${String(y + GHOST_OFFSET)}px`;
    }
  }, []);
  const ghost = useCallback(
    (drawn: HTMLElement | null) => {
      element.current = drawn;
      place();
    },
    [place],
  );
  return {
    ghost,
    follow: (x: number, y: number): void => {
      last.current = { x, y };
      place();
    },
  };
}
