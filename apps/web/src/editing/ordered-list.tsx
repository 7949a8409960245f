import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { useUndo } from "../office/undo.tsx";
import "./ordered-list.css";

interface OrderedListProps<Item> {
  /** What it lists, for those who listen. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly onChange: (items: readonly Item[]) => void;
  /** What an item is called where it is moved or removed. */
  readonly nameOf: (item: Item, index: number) => string;
  /**
   * @param change changes the item
   * @param next goes on to another item after this one; in lists where one only chooses, there is none
   */
  readonly children: (item: Item, change: (item: Item) => void, index: number) => ReactNode;
  /** A new item; without it, items come from elsewhere. */
  readonly add?: { readonly words: string; readonly item: () => Item };
  readonly most: number;
  readonly isReadOnly?: boolean;
  /** What stands there without any. */
  readonly empty?: string;
}

/** @returns the items with one of them in another place */
function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from];
  if (item === undefined || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Names for items that have none of their own, so that fields and focus go along when they move. */
function useKeys(count: number) {
  const [keys, setKeys] = useState<readonly string[]>([]);
  const next = useRef(0);
  function fresh(): string {
    next.current += 1;
    return `item${String(next.current)}`;
  }
  // Changed from elsewhere: which of them went nobody knows.
  let now = keys;
  if (keys.length !== count) {
    now = Array.from({ length: count }, (_, index) => keys[index] ?? fresh());
    setKeys(now);
  }
  return { keys: now, setKeys, fresh };
}

/**
 * Items in an order that matters: moved by dragging, by buttons, and by Alt with the arrow keys; removed, which can be
 * undone. What was done is said.
 */
export function OrderedList<Item>(props: OrderedListProps<Item>) {
  const { label, items, onChange, nameOf, add, most, isReadOnly = false, empty } = props;
  const t = useTranslations("officeEditing");
  const undo = useUndo();
  const list = useRef<HTMLOListElement>(null);
  const { keys, setKeys, fresh } = useKeys(items.length);
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<string>();
  const focusOn = useFocusOn(list);

  function move(from: number, to: number): void {
    const item = items[from];
    if (item === undefined || to < 0 || to >= items.length) return;
    setKeys(moved(keys, from, to));
    onChange(moved(items, from, to));
    setSaid(t("movedTo", { name: nameOf(item, from), place: to + 1, count: items.length }));
  }
  function remove(index: number): void {
    const item = items[index];
    if (item === undefined) return;
    setKeys(keys.toSpliced(index, 1));
    onChange(items.toSpliced(index, 1));
    focusOn(keys[index + 1] ?? keys[index - 1], "remove");
    undo.done({
      words: t("removed", { name: nameOf(item, index) }),
      undo: () => latest.current.putBack(item, index),
    });
  }
  function putBack(item: Item, index: number): void {
    const key = fresh();
    setKeys(keys.toSpliced(index, 0, key));
    onChange(items.toSpliced(index, 0, item));
    focusOn(key, "field");
  }
  function addOne(): void {
    if (add === undefined) return;
    const key = fresh();
    setKeys([...keys, key]);
    onChange([...items, add.item()]);
    focusOn(key, "field");
  }
  // Undone is it later, when there may be other items.
  const latest = useRef({ putBack });
  useLayoutEffect(() => {
    latest.current = { putBack };
  });
  function press(event: KeyboardEvent, index: number): void {
    const steps: Readonly<Record<string, number>> = { ArrowUp: index - 1, ArrowDown: index + 1 };
    const to = steps[event.key];
    if (to === undefined || !event.altKey || isReadOnly) return;
    event.preventDefault();
    move(index, to);
  }
  /** What is dragged changes places with the item that the pointer is over. */
  function drag(clientY: number): void {
    const index = keys.findIndex((key) => key === dragged);
    const over = [...(list.current?.children ?? [])].findIndex((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return clientY >= top && clientY <= bottom;
    });
    if (over >= 0 && over !== index) move(index, over);
  }
  useDragging(dragged !== undefined, drag, () => setDragged(undefined));

  return (
    <div className="ordered-list">
      {items.length === 0 && empty !== undefined ? <p className="aside-note">{empty}</p> : null}
      <ol ref={list} aria-label={label}>
        {items.map((item, index) => (
          <li
            key={keys[index]}
            data-key={keys[index]}
            data-dragged={keys[index] === dragged}
            className="ordered-list-item"
            onKeyDown={(event) => press(event, index)}
          >
            {isReadOnly ? null : (
              <span
                className="ordered-list-handle"
                aria-hidden="true"
                title={t("drag")}
                onPointerDown={(event) => {
                  event.preventDefault();
                  setDragged(keys[index]);
                }}
              />
            )}
            <div className="ordered-list-content">
              {props.children(item, (changed) => onChange(items.with(index, changed)), index)}
            </div>
            {isReadOnly ? null : (
              <span className="ordered-list-actions">
                <ItemButton
                  sign="↑"
                  words={t("moveUp", { name: nameOf(item, index) })}
                  isOff={index === 0}
                  onClick={() => move(index, index - 1)}
                />
                <ItemButton
                  sign="↓"
                  words={t("moveDown", { name: nameOf(item, index) })}
                  isOff={index === items.length - 1}
                  onClick={() => move(index, index + 1)}
                />
                <ItemButton
                  sign="×"
                  words={t("remove", { name: nameOf(item, index) })}
                  onClick={() => remove(index)}
                  isRemoving
                />
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {add === undefined || isReadOnly || items.length >= most ? null : (
        <p>
          <Button variant="outline" size="small" onClick={addOne}>
            {add.words}
          </Button>
        </p>
      )}
    </div>
  );
}

/** Follows the pointer wherever it goes: the item under it moves in the document, and would lose it. */
function useDragging(isOn: boolean, onMove: (clientY: number) => void, onEnd: () => void): void {
  const move = useEffectEvent(onMove);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (!isOn) return;
    const follow = ({ clientY }: PointerEvent) => move(clientY);
    const stop = () => end();
    document.addEventListener("pointermove", follow);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
    return () => {
      document.removeEventListener("pointermove", follow);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
    };
  }, [isOn]);
}

interface ItemButtonProps {
  readonly sign: string;
  readonly words: string;
  readonly isOff?: boolean;
  readonly isRemoving?: boolean;
  readonly onClick: () => void;
}

/** Off, it keeps the focus: who moves an item to the end stays on it. */
function ItemButton({ sign, words, isOff = false, isRemoving, onClick }: ItemButtonProps) {
  return (
    <button
      type="button"
      aria-label={words}
      title={words}
      aria-disabled={isOff || undefined}
      data-remove={isRemoving}
      onClick={isOff ? undefined : onClick}
    >
      <span aria-hidden="true">{sign}</span>
    </button>
  );
}

/** @returns asks for the focus to go to an item, once it is there */
function useFocusOn(list: { readonly current: HTMLElement | null }) {
  const wanted = useRef<{ readonly key: string; readonly part: "field" | "remove" }>(undefined);
  useLayoutEffect(() => {
    const { current } = wanted;
    if (current === undefined) return;
    const item = list.current?.querySelector(`[data-key="${current.key}"]`);
    if (item == null) return;
    wanted.current = undefined;
    const part =
      current.part === "remove" ? "[data-remove]" : "input, textarea, select, button, a[href]";
    item.querySelector<HTMLElement>(part)?.focus();
  });
  return (key: string | undefined, part: "field" | "remove"): void => {
    wanted.current = key === undefined ? undefined : { key, part };
  };
}
