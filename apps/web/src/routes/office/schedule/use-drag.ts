import { usePointerDrag } from "../../../office/use-pointer-drag.ts";
import type { Entry } from "./entries.ts";
import { type Cell, cellOf, isSameCell } from "./grid-rows.ts";

/**
 * Dragging of sessions with a pointer, to an element with `data-day` and `data-row`. Escape leaves it.
 *
 * @param onDrop is told where it was let go, if that is another cell
 */
export function useDrag(onDrop: (entry: Entry, from: Cell, to: Cell) => void) {
  return usePointerDrag<Entry, Cell>({
    placeOf: cellOf,
    isSame: isSameCell,
    handle: ".chip-move",
    onDrop,
  });
}
