import type { StaffSession } from "@lectern/contract/run-office";
import type { AttendanceMark } from "@lectern/contract/vocabulary";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ActionsMenu } from "../../../office/actions-menu.tsx";
import type { Attendance } from "../run/use-attendance.ts";
import type { RosterItem } from "../run/use-roster.ts";
import type { LastMark } from "./last-mark-bar.tsx";

interface CheckInListProps {
  readonly items: readonly RosterItem[];
  readonly session: StaffSession;
  readonly attendance: Attendance;
  readonly isOpen: boolean;
  readonly onMarked: (last: LastMark) => void;
}

const ROW_PX = 69;

/** Everybody who comes, a big button each. Of hundreds, those that are seen are drawn. */
export function CheckInList(props: CheckInListProps) {
  const { items } = props;
  const list = useRef<HTMLUListElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  useLayoutEffect(() => {
    const top = list.current?.getBoundingClientRect().top ?? 0;
    setScrollMargin(Math.round(top + globalThis.scrollY));
  }, [items.length]);
  const virtualizer = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ROW_PX,
    overscan: 20,
    scrollMargin,
    getItemKey: (index) => items[index]?.registrationId ?? index,
  });
  return (
    <ul
      ref={list}
      className="run-check-in-list"
      style={{ height: virtualizer.getTotalSize(), position: "relative" }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const item = items[index];
        if (item === undefined) return null;
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            style={{ transform: `translateY(${String(start - scrollMargin)}px)` }}
          >
            <Person {...props} item={item} />
          </li>
        );
      })}
    </ul>
  );
}

const OTHERS = ["partial", "absent", "excused"] as const;

function Person(props: CheckInListProps & { item: RosterItem }) {
  const { item, session, attendance, isOpen, onMarked } = props;
  const t = useTranslations("officeRun");
  const spot = { sessionId: session.id, registrationId: item.registrationId };
  const shown = attendance.of(spot);
  const mark = shown?.mark ?? null;
  const name = item.learner?.name ?? `${t("unnamed")} (${item.reference})`;
  const company = item.booker?.company ?? null;

  function put(to: AttendanceMark | null): void {
    attendance.mark(spot, to);
    onMarked({
      words:
        to === null
          ? t("takenBack", { name })
          : to === "present"
            ? t("isHere", { name })
            : t("isMarked", { name, mark: t(`mark_${to}`) }),
      undo: () => attendance.mark(spot, mark),
    });
  }

  return (
    <div className="run-person" data-mark={mark ?? "none"} data-pending={shown?.isPending === true}>
      <button
        type="button"
        className="run-person-tap"
        aria-pressed={mark === "present"}
        disabled={!isOpen}
        onClick={() => put(mark === "present" ? null : "present")}
      >
        <span className="run-person-name">{name}</span>
        {company === null ? null : <span className="run-person-company">{company}</span>}
        <span className="run-person-mark">
          {mark === null ? null : t(`mark_${mark}`)}
          {shown?.isPending === true ? (
            <span className="run-person-unsent"> · {t("notSent")}</span>
          ) : null}
        </span>
      </button>
      {isOpen ? (
        <ActionsMenu
          label={t("otherMarks", { name })}
          actions={[
            ...OTHERS.filter((other) => other !== mark).map((other) => ({
              id: other,
              words: t(`mark_${other}`),
              run: () => put(other),
            })),
            ...(mark === null ? [] : [{ id: "none", words: t("unmarked"), run: () => put(null) }]),
          ]}
        />
      ) : null}
    </div>
  );
}
