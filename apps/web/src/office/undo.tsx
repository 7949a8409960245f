import { type ReactNode, createContext, use, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../account/use-account-words.ts";
import { useShortcut } from "./use-shortcut.ts";
import "./undo.css";

/** So long something can be undone. */
const UNDO_MS = 10_000;

/** Something that can be undone for a while. */
interface Undoable {
  /** What was done: `3 enquiries marked as spam`. */
  readonly words: string;
  /** Does the opposite. What it throws is said. */
  readonly undo: () => unknown;
}

/** Something that is done once it can not be undone any more. */
interface Later {
  /** What is going to be done: `The job is discarded`. */
  readonly words: string;
  /** Does it. What it throws is said. */
  readonly run: () => Promise<unknown>;
  /** Puts back what is shown, as it was not done after all. */
  readonly onUndone?: () => void;
}

interface Undoing {
  /** Says that something is done, with a way to undo it for a while. */
  done(what: Undoable): void;
  /** Does something in a while, unless it is undone before; at once when the page is left. */
  later(what: Later): void;
  /** Says something in the same place, with nothing to undo. */
  say(words: string): void;
  /** Says in the same place that something went wrong. It stays until it is closed. */
  alert(words: string): void;
}

interface Toast {
  readonly id: number;
  readonly words: string;
  readonly isAlert?: boolean;
  readonly undo?: () => unknown;
  /** What is still to be done when it goes. */
  readonly run?: () => Promise<unknown>;
}

const UndoContext = createContext<Undoing | undefined>(undefined);

/** @returns ways to do things so that they can be undone: see `Undoing` */
export function useUndo(): Undoing {
  const undoing = use(UndoContext);
  if (undoing === undefined) throw new Error("useUndo is used outside of the back office");
  return undoing;
}

/** Shows what can be undone, for all that is within. */
export function UndoProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("office");
  const words = useAccountWords();
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const count = useRef(0);
  const waiting = useRef(new Map<number, () => Promise<unknown>>());

  function add(toast: Omit<Toast, "id">): number {
    count.current += 1;
    const id = count.current;
    setToasts((all) => [...all.slice(-2), { ...toast, id }]);
    return id;
  }
  function drop(id: number): void {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }
  async function attempt(call: () => unknown): Promise<void> {
    try {
      await call();
    } catch (error) {
      add({ words: words(error), isAlert: true });
    }
  }
  /** Does what still waits; whoever undoes it is too late. */
  function settle(id: number): void {
    const run = waiting.current.get(id);
    waiting.current.delete(id);
    drop(id);
    if (run !== undefined) void attempt(run);
  }
  function undo({ id, undo: back }: Toast): void {
    waiting.current.delete(id);
    drop(id);
    if (back !== undefined) void attempt(back);
    add({ words: t("undone") });
  }
  const [undoing] = useState<Undoing>(() => ({
    done: (what) => void add({ words: what.words, undo: what.undo }),
    later: ({ words: text, run, onUndone }) => {
      const id = add({ words: text, undo: onUndone ?? nothing });
      waiting.current.set(id, run);
    },
    say: (text) => void add({ words: text }),
    alert: (text) => void add({ words: text, isAlert: true }),
  }));
  useBeforeLeaving(() => {
    for (const run of waiting.current.values()) void run();
    waiting.current.clear();
  });
  // A fourth pushes the first one out: then it is done.
  useEffect(() => {
    for (const id of waiting.current.keys()) {
      if (!toasts.some((toast) => toast.id === id)) settle(id);
    }
  });
  const last = toasts.findLast((toast) => toast.undo !== undefined);
  useShortcut("mod+z", t("undoLast"), {
    isEverywhere: true,
    isOff: last === undefined,
    run: () => last && undo(last),
  });
  return (
    <UndoContext value={undoing}>
      {children}
      <div className="undo" role="status">
        {toasts.map((toast) => (
          <OneToast
            key={toast.id}
            toast={toast}
            onEnd={() => settle(toast.id)}
            onUndo={() => undo(toast)}
          />
        ))}
      </div>
    </UndoContext>
  );
}

function nothing(): void {}

/** When the page is left or put aside, what waits is done at once. */
function useBeforeLeaving(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const listen = () => latest.current();
    globalThis.addEventListener("pagehide", listen);
    return () => {
      globalThis.removeEventListener("pagehide", listen);
      listen();
    };
  }, []);
}

interface OneToastProps {
  readonly toast: Toast;
  readonly onEnd: () => void;
  readonly onUndo: () => void;
}

/** Stays for as long as somebody is at it: by the pointer, or with the focus. */
function OneToast({ toast, onEnd, onUndo }: OneToastProps) {
  const t = useTranslations("office");
  const [isHeld, setIsHeld] = useState(false);
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  useEffect(() => {
    if (isHeld || toast.isAlert === true) return;
    const timer = setTimeout(() => end.current(), UNDO_MS);
    return () => clearTimeout(timer);
  }, [isHeld, toast]);
  return (
    <div
      className="undo-one"
      data-alert={toast.isAlert}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <p>{toast.words}</p>
      {toast.undo === undefined ? null : (
        <button type="button" className="undo-button" onClick={onUndo}>
          {t("undo")}
        </button>
      )}
      <button type="button" className="undo-close" aria-label={t("close")} onClick={onEnd}>
        ×
      </button>
    </div>
  );
}
