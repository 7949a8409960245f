import type { EnquiryListItem } from "@lectern/contract/enquiries";
import type { EnquiryStatus } from "@lectern/contract/vocabulary";
import { type PointerEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import type { Action } from "../../../office/actions-menu.tsx";
import { MoreButton } from "../run/more-button.tsx";
import type { Drop } from "./board.tsx";
import { EnquiryCard } from "./enquiry-card.tsx";
import type { Column } from "./use-enquiries.ts";

interface BoardColumnProps {
  readonly column: Column;
  readonly now: number;
  /** Whether it is the one that narrow screens show. */
  readonly isChosen: boolean;
  readonly drop: Drop;
  /** The card that is dragged. */
  readonly lifted: string | undefined;
  /** The card that Tab reaches. */
  readonly reachable: string | undefined;
  readonly actionsOf: (enquiry: EnquiryListItem) => readonly Action[];
  readonly canMove: (enquiry: EnquiryListItem) => boolean;
  readonly isMoving: (id: string) => boolean;
  readonly onFocus: (enquiry: EnquiryListItem) => void;
  readonly onPress: (event: PointerEvent, enquiry: EnquiryListItem, from: EnquiryStatus) => void;
}

/** The enquiries in one state, the newest first. */
export function BoardColumn(props: BoardColumnProps) {
  const t = useTranslations("officeEnquiries");
  const { column, drop, onPress } = props;
  const { status, list } = column;
  const id = useId();
  const [first] = list.data?.pages ?? [];
  return (
    <section
      className="board-column"
      aria-labelledby={id}
      data-status={status}
      data-chosen={props.isChosen}
      data-drop={drop}
    >
      <div className="board-column-head">
        <h2 id={id}>{t(`status_${status}`)}</h2>
        {first === undefined ? null : (
          <span className="figures">
            {first.isTotalExact ? first.total : t("atLeast", { count: String(first.total) })}
          </span>
        )}
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <>
              {items.length === 0 ? <p className="board-column-empty">{t("emptyColumn")}</p> : null}
              <ul className="board-column-cards" aria-labelledby={id}>
                {items.map((enquiry) => (
                  <EnquiryCard
                    key={enquiry.id}
                    enquiry={enquiry}
                    now={props.now}
                    actions={props.actionsOf(enquiry)}
                    isReachable={enquiry.id === props.reachable}
                    isLifted={enquiry.id === props.lifted}
                    isMoving={props.isMoving(enquiry.id)}
                    onFocus={() => props.onFocus(enquiry)}
                    onPointerDown={
                      props.canMove(enquiry)
                        ? (event) => onPress(event, enquiry, status)
                        : undefined
                    }
                  />
                ))}
              </ul>
              <MoreButton list={list} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}
