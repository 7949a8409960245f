import type { MouseEvent, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { OfficeLink } from "./office-link.tsx";
import type { RowsProps } from "./office-table-rows.tsx";

interface RowProps<Item> extends RowsProps<Item> {
  readonly item: Item;
  readonly index: number;
  readonly template: string;
  readonly isActive: boolean;
  readonly measure: (element: HTMLElement | null) => void;
  readonly onFocus: () => void;
}

/** One record. */
export function OfficeTableRow<Item>(props: RowProps<Item>) {
  const { item, index, template, isActive, measure, onFocus, columns, keyOf, selection } = props;
  const reason = selection?.reasons.get(keyOf(item));
  const isChosen = selection?.has(item) === true;
  return (
    <div
      ref={measure}
      role="row"
      className="office-table-row"
      data-index={index}
      data-chosen={isChosen}
      // The names of the columns are the first.
      aria-rowindex={index + 2}
      aria-selected={selection === undefined ? undefined : isChosen}
      tabIndex={isActive ? 0 : -1}
      style={{ gridTemplateColumns: template }}
      onFocus={onFocus}
    >
      {selection === undefined ? null : (
        <div role="gridcell" className="office-table-tick">
          <Tick {...props} isChosen={isChosen} />
        </div>
      )}
      {columns.map((column, position) => (
        <div
          key={column.id}
          role="gridcell"
          data-head={column.head}
          data-number={column.isNumber === true}
          data-first={position === 0}
        >
          {position === 0 ? <First {...props}>{column.cell(item)}</First> : column.cell(item)}
          {position === 0 && reason !== undefined ? (
            <p className="office-table-reason">{reason}</p>
          ) : null}
        </div>
      ))}
    </div>
  );
}

/** With Shift, all from the one before to this one. */
function Tick<Item>(props: RowProps<Item> & { isChosen: boolean }) {
  const t = useTranslations("office");
  const { selection, item, items, nameOf, isChosen } = props;
  function click(event: MouseEvent): void {
    if (event.shiftKey) selection?.extend(item, items);
    else selection?.toggle(item);
  }
  return (
    <input
      type="checkbox"
      aria-label={t("choose", { name: nameOf(item) })}
      tabIndex={-1}
      checked={isChosen}
      onClick={click}
      // What a click does is said above.
      onChange={() => {}}
    />
  );
}

/** The first cell leads to the record. */
function First<Item>(props: RowProps<Item> & { children: ReactNode }) {
  const { item, hrefOf, onOpen, children } = props;
  if (onOpen !== undefined) {
    return (
      <button
        type="button"
        className="office-table-open"
        tabIndex={-1}
        onClick={() => onOpen(item)}
      >
        {children}
      </button>
    );
  }
  if (hrefOf === undefined) return children;
  return (
    <OfficeLink href={hrefOf(item)} className="office-table-open" tabIndex={-1}>
      {children}
    </OfficeLink>
  );
}
