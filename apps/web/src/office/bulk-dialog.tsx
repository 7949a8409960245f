import { isLecternError } from "@lectern/client";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useGuard } from "../account/guard.ts";
import { useAccountWords } from "../account/use-account-words.ts";
import { Button } from "../components/button.tsx";
import { isUnreachable } from "../data/failure-words.ts";
import { Dialog, DialogActions } from "../dialog/dialog.tsx";
import { runAll } from "./run-all.ts";
import { useUndo } from "./undo.tsx";
import "./bulk-dialog.css";

/** Something that can be done with many records at once. */
export interface BulkAction<Item> {
  readonly id: string;
  /** On its button: `Mark as spam`. */
  readonly words: string;
  /** Heads the dialog: `Mark 3 enquiries as spam?` */
  readonly title: (count: number) => string;
  /** What it will do, shown before: fields of it belong here, too. Without it, the names are listed. */
  readonly preview?: (items: readonly Item[]) => ReactNode;
  /** Why one can not be done, known without trying: it is left out, and this is said. */
  readonly refusal?: (item: Item) => string | undefined;
  /** Why it can't begin yet, such as a field of the preview that is empty; asked when it is to begin. */
  readonly hindrance?: () => string | undefined;
  /** Does it with one. */
  readonly run: (item: Item) => Promise<unknown>;
  /** Says what was done: `3 enquiries are marked as spam.` */
  readonly done: (count: number) => string;
  /** Does the opposite with one, where that can be done. */
  readonly undo?: (item: Item) => Promise<unknown>;
  /** Afterwards, and after undoing: what is shown is to be asked for anew. */
  readonly onSettled?: () => void;
  readonly isDangerous?: boolean;
}

interface BulkDialogProps<Item> {
  readonly action: BulkAction<Item>;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  /** @param reasons why it was not done, by key */
  readonly onEnd: (reasons: ReadonlyMap<string, string>) => void;
  readonly onClose: () => void;
}

const NAMES_MAX = 8;

/** Shows what would be done, then does it, one after the other, and says of which it could not be done, and why. */
export function BulkDialog<Item>(props: BulkDialogProps<Item>) {
  const t = useTranslations("office");
  const { action, nameOf, onClose } = props;
  // What is chosen changes with the outcome; this goes on with what it was opened for.
  const [items] = useState(props.items);
  const { state, start, stop } = useRun(props, items);
  const [hindrance, setHindrance] = useState<string>();
  const isOver = state.phase === "over";
  const able = items.filter((item) => action.refusal?.(item) === undefined);
  return (
    <Dialog
      title={action.title(able.length)}
      onClose={() => {
        stop();
        onClose();
      }}
    >
      {(close) => (
        <>
          {isOver ? null : (
            <>
              {action.preview?.(able) ?? <Names names={able.map(nameOf)} />}
              <Refusals {...props} items={items} />
            </>
          )}
          {state.phase === "running" ? (
            <label className="bulk-dialog-progress">
              <span role="status">
                {t("bulkProgress", { done: String(state.done), count: String(able.length) })}
              </span>
              <progress value={state.done} max={able.length} />
            </label>
          ) : null}
          {isOver ? (
            <div role="alert" className="bulk-dialog-outcome">
              <p>{t("bulkPartly", { done: state.done, failed: state.reasons.length })}</p>
              <Reasons reasons={state.reasons} />
            </div>
          ) : null}
          {hindrance === undefined ? null : (
            <p role="alert" className="bulk-dialog-hindrance">
              {hindrance}
            </p>
          )}
          <DialogActions>
            <Button variant="outline" onClick={close}>
              {isOver ? t("close") : state.phase === "running" ? t("bulkStop") : t("cancel")}
            </Button>
            {isOver ? null : (
              <Button
                isBusy={state.phase === "running"}
                isDisabled={able.length === 0}
                onClick={() => {
                  const found = action.hindrance?.();
                  setHindrance(found);
                  if (found === undefined) void start(able, close);
                }}
              >
                {action.words}
              </Button>
            )}
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

type State =
  | { readonly phase: "asking" }
  | { readonly phase: "running"; readonly done: number }
  | {
      readonly phase: "over";
      readonly done: number;
      readonly reasons: readonly (readonly [name: string, reason: string])[];
    };

function useRun<Item>(props: BulkDialogProps<Item>, items: readonly Item[]) {
  const t = useTranslations("office");
  const words = useAccountWords();
  const guard = useGuard();
  const undo = useUndo();
  const { action, keyOf, nameOf, onEnd } = props;
  const [state, setState] = useState<State>({ phase: "asking" });
  const stopping = useRef(new AbortController());
  useEffect(() => {
    stopping.current = new AbortController();
    const { current } = stopping;
    return () => current.abort();
  }, []);
  async function start(able: readonly Item[], close: () => void): Promise<void> {
    const { signal } = stopping.current;
    setState({ phase: "running", done: 0 });
    let stop: unknown;
    const outcome = await runAll({
      items: able,
      run: (item) => guard(() => action.run(item)),
      onFailure: (_item, error) => {
        // What ails one ails all: the others are not tried.
        if (isOfAll(error)) {
          stop = error;
          return undefined;
        }
        return words(error);
      },
      onProgress: (done) => setState({ phase: "running", done }),
      signal,
    });
    action.onSettled?.();
    const reasons: [Item, string][] = [
      ...outcome.failed.map(([item, reason]): [Item, string] => [item, reason]),
      ...outcome.left.map((item): [Item, string] => [
        item,
        stop === undefined ? t("bulkStopped") : words(stop),
      ]),
      ...items.flatMap((item): [Item, string][] => {
        const refusal = action.refusal?.(item);
        return refusal === undefined ? [] : [[item, refusal]];
      }),
    ];
    onEnd(new Map(reasons.map(([item, reason]) => [keyOf(item), reason])));
    const done = outcome.done.length;
    const takeBack = action.undo;
    if (done > 0 && takeBack !== undefined) {
      undo.done({
        words: action.done(done),
        undo: async () => {
          const back = await runAll({
            items: outcome.done,
            run: takeBack,
            onFailure: (_item, error) => words(error),
            onProgress: () => {},
            signal: new AbortController().signal,
          });
          action.onSettled?.();
          const [first] = back.failed;
          if (first !== undefined) {
            undo.say(t("bulkUndoFailed", { name: nameOf(first[0]), reason: first[1] }));
          }
        },
      });
    } else if (done > 0) {
      undo.say(action.done(done));
    }
    if (reasons.length === 0) close();
    else
      setState({ phase: "over", done, reasons: reasons.map(([item, why]) => [nameOf(item), why]) });
  }
  return { state, start, stop: () => stopping.current.abort() };
}

/** @returns whether a failure is not of one record: nobody is there, or nobody may */
function isOfAll(error: unknown): boolean {
  return (
    isUnreachable(error) ||
    isLecternError(error, "Unauthenticated") ||
    isLecternError(error, "Forbidden") ||
    isLecternError(error, "ConfirmationRequired") ||
    isLecternError(error, "RateLimited") ||
    isLecternError(error, "Unavailable")
  );
}

function Names({ names }: { names: readonly string[] }) {
  const t = useTranslations("office");
  return (
    <ul className="bulk-dialog-names">
      {names.slice(0, NAMES_MAX).map((name, index) => (
        // Two may be called the same.
        <li key={`${name} ${String(index)}`}>{name}</li>
      ))}
      {names.length <= NAMES_MAX ? null : (
        <li>{t("bulkMore", { count: names.length - NAMES_MAX })}</li>
      )}
    </ul>
  );
}

function Refusals<Item>(props: BulkDialogProps<Item>) {
  const t = useTranslations("office");
  const { action, items, nameOf } = props;
  const reasons = items.flatMap((item): [string, string][] => {
    const refusal = action.refusal?.(item);
    return refusal === undefined ? [] : [[nameOf(item), refusal]];
  });
  if (reasons.length === 0) return null;
  return (
    <div className="bulk-dialog-outcome">
      <p>{t("bulkLeftOut", { count: reasons.length })}</p>
      <Reasons reasons={reasons} />
    </div>
  );
}

function Reasons({ reasons }: { reasons: readonly (readonly [name: string, reason: string])[] }) {
  return (
    <ul>
      {reasons.map(([name, reason], index) => (
        <li key={`${name} ${String(index)}`}>
          <strong>{name}</strong> {reason}
        </li>
      ))}
    </ul>
  );
}
