import { type PointerEvent as ReactPointerEvent, useEffect, useEffectEvent, useState } from "react";

/** What is dragged, from where, and to where. */
interface Dragged<Item, Place> {
  readonly item: Item;
  readonly from: Place;
  /** Where it would be let go; `null` outside of all places. */
  readonly over: Place | null;
}

interface PointerDrag<Item, Place> {
  /** The place that an element belongs to. */
  readonly placeOf: (element: Element | null) => Place | null;
  readonly isSame: (one: Place | null, other: Place | null) => boolean;
  /** What a finger begins at: elsewhere it scrolls. */
  readonly handle: string;
  /** Told where the pointer is, as it moves. */
  readonly onFollow?: (x: number, y: number) => void;
  /** Told where it was let go, if that is another place. */
  readonly onDrop: (item: Item, from: Place, to: Place) => void;
}

interface Pressed<Item, Place> {
  readonly item: Item;
  readonly from: Place;
  readonly x: number;
  readonly y: number;
}

/** So far a pointer goes before it is a drag and no click. */
const SLACK = 6;
const EDGE = 48;
const SCROLL = 14;

/** Dragging of something with a pointer from one place to another. Escape leaves it. */
export function usePointerDrag<Item, Place>(options: PointerDrag<Item, Place>) {
  const [pressed, setPressed] = useState<Pressed<Item, Place>>();
  const [dragged, setDragged] = useState<Dragged<Item, Place> | null>(null);

  const move = useEffectEvent((event: PointerEvent) => {
    if (pressed === undefined) return;
    const { clientX: x, clientY: y } = event;
    if (dragged === null && Math.hypot(x - pressed.x, y - pressed.y) < SLACK) return;
    if (y < EDGE) globalThis.scrollBy(0, -SCROLL);
    if (y > globalThis.innerHeight - EDGE) globalThis.scrollBy(0, SCROLL);
    options.onFollow?.(x, y);
    const over = options.placeOf(document.elementFromPoint(x, y));
    if (dragged === null || !options.isSame(dragged.over, over)) {
      setDragged({ item: pressed.item, from: pressed.from, over });
    }
  });
  const end = useEffectEvent((isDropped: boolean) => {
    if (dragged !== null) {
      // The click that follows would open it.
      globalThis.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => globalThis.removeEventListener("click", swallow, { capture: true }));
      const { item, from, over } = dragged;
      if (isDropped && over !== null && !options.isSame(from, over)) {
        options.onDrop(item, from, over);
      }
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

  /** Begins at what can be dragged, or, with a finger, at its handle. */
  function press(event: ReactPointerEvent, item: Item, from: Place): void {
    const { target, pointerId, pointerType } = event;
    if (!(target instanceof Element) || event.button !== 0) return;
    if (pointerType === "touch" && target.closest(options.handle) === null) return;
    // A finger keeps its events at what it touched first otherwise.
    if (target.hasPointerCapture(pointerId)) target.releasePointerCapture(pointerId);
    setPressed({ item, from, x: event.clientX, y: event.clientY });
  }
  return { dragged, press };
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
