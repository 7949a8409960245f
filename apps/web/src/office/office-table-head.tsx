import { useTranslations } from "use-intl";
import type { OfficeColumn } from "./office-table.tsx";
import type { RowsProps } from "./office-table-rows.tsx";

interface HeadProps<Item> extends RowsProps<Item> {
  readonly template: string;
}

/** The names of the columns, which stay in sight, and the ways to sort. */
export function OfficeTableHead<Item>(props: HeadProps<Item>) {
  const t = useTranslations("office");
  const { columns, selection, items, template } = props;
  const chosen = selection === undefined ? 0 : items.filter((item) => selection.has(item)).length;
  return (
    <div role="rowgroup" className="office-table-head">
      <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {selection === undefined ? null : (
          <div role="columnheader" className="office-table-tick">
            <input
              type="checkbox"
              aria-label={t("chooseAll", { count: String(items.length) })}
              checked={chosen > 0 && chosen === items.length}
              ref={(element) => {
                if (element !== null) element.indeterminate = chosen > 0 && chosen < items.length;
              }}
              onChange={({ target }) => (target.checked ? selection.all(items) : selection.clear())}
            />
          </div>
        )}
        {columns.map((column) => (
          <ColumnHead key={column.id} {...props} column={column} />
        ))}
      </div>
    </div>
  );
}

function ColumnHead<Item>(props: HeadProps<Item> & { column: OfficeColumn<Item> }) {
  const { column, sort, onSort } = props;
  const { head, sort: by, isNumber = false } = column;
  if (by === undefined || onSort === undefined) {
    return (
      <div role="columnheader" data-number={isNumber}>
        {head}
      </div>
    );
  }
  const isSorted = sort?.by === by;
  const isDescending = isSorted && sort.isDescending;
  return (
    <div
      role="columnheader"
      data-number={isNumber}
      {...(isSorted && { "aria-sort": isDescending ? "descending" : "ascending" })}
    >
      <button
        type="button"
        className="office-table-sort"
        onClick={() => onSort({ by, isDescending: isSorted && !isDescending })}
      >
        {head}
      </button>
    </div>
  );
}
