import { type PointerEvent as ReactPointerEvent, useEffect, useEffectEvent, useState } from "react";
import type { Entry } from "./entries.ts";
import { type Cell, cellOf, isSameCell } from "./grid-rows.ts";

interface Dragged {
  readonly entry: Entry;
  readonly from: Cell;
  /** Where it would be let go; `null` outside of the calendar. */
  readonly over: Cell | null;
}

/** So far a pointer goes before it is a drag and no click. */
const SLACK = 6;
const EDGE = 48;
const SCROLL = 14;

interface Pressed {
  readonly entry: Entry;
  readonly from: Cell;
  readonly x: number;
  readonly y: number;
}

/**
 * Dragging of sessions with a pointer, to an element with `data-day` and `data-row`. Escape leaves it.
 *
 * @param onDrop is told where it was let go, if that is another cell
 */
export function useDrag(onDrop: (entry: Entry, from: Cell, to: Cell) => void) {
  const [pressed, setPressed] = useState<Pressed>();
  const [dragged, setDragged] = useState<Dragged | null>(null);

  const move = useEffectEvent((event: PointerEvent) => {
    if (pressed === undefined) return;
    const { clientX: x, clientY: y } = event;
    if (dragged === null && Math.hypot(x - pressed.x, y - pressed.y) < SLACK) return;
    if (y < EDGE) globalThis.scrollBy(0, -SCROLL);
    if (y > globalThis.innerHeight - EDGE) globalThis.scrollBy(0, SCROLL);
    const over = cellOf(document.elementFromPoint(x, y));
    if (dragged === null || !isSameCell(dragged.over, over)) {
      setDragged({ entry: pressed.entry, from: pressed.from, over });
    }
  });
  const end = useEffectEvent((isDropped: boolean) => {
    if (dragged !== null) {
      // The click that follows would open the run.
      globalThis.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => globalThis.removeEventListener("click", swallow, { capture: true }));
      const { entry, from, over } = dragged;
      if (isDropped && over !== null && !isSameCell(from, over)) onDrop(entry, from, over);
    }
    setPressed(undefined);
    setDragged(null);
  });
  const isPressed = pressed !== undefined;
  useEffect(() => {
    if (!isPressed) return;
    const onMove = (event: PointerEvent) => move(event);
    const onUp = () => end(true);
    const onCancel = () => end(false);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") end(false);
    };
    globalThis.addEventListener("pointermove", onMove);
    globalThis.addEventListener("pointerup", onUp);
    globalThis.addEventListener("pointercancel", onCancel);
    globalThis.addEventListener("keydown", onKey);
    return () => {
      globalThis.removeEventListener("pointermove", onMove);
      globalThis.removeEventListener("pointerup", onUp);
      globalThis.removeEventListener("pointercancel", onCancel);
      globalThis.removeEventListener("keydown", onKey);
    };
  }, [isPressed]);

  /** Begins at a chip, or, with a finger, at its handle: elsewhere a finger scrolls. */
  function press(event: ReactPointerEvent, entry: Entry, from: Cell): void {
    const { target, pointerId, pointerType } = event;
    if (!(target instanceof Element) || event.button !== 0) return;
    if (pointerType === "touch" && target.closest(".chip-move") === null) return;
    // A finger keeps its events at what it touched first otherwise.
    if (target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId);
    setPressed({ entry, from, x: event.clientX, y: event.clientY });
  }
  return { dragged, press };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
