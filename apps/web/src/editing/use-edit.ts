import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { forgetDraft, keepDraft, readDraft } from "./kept-draft.ts";
import { type Edit, conflicting, differing, rebase, withFields } from "./rebase.ts";

interface EditOptions<Content extends object> {
  /** Names what is edited among all that is: `course-<id>`. */
  readonly what: string;
  readonly personId: string;
  /** What is saved, and as which version. */
  readonly saved: Content;
  readonly version: number;
  /** Reads what was kept on the device. @returns `undefined` for what has another form, such as an older release's */
  readonly read: (content: object) => Content | undefined;
}

/** Something that is edited: what it says now, and what became of it meanwhile. */
export interface Editing<Content extends object> {
  readonly content: Content;
  /** The fields that differ from what is saved. */
  readonly changed: readonly (keyof Content & string)[];
  /** Of those, the ones that others changed, too. */
  readonly conflicts: readonly (keyof Content & string)[];
  /** Since when it stands on the device without being saved, if it was found there. */
  readonly foundFrom: string | undefined;
  /** Whether all that is not saved is kept on the device. */
  readonly isKept: boolean;
  /** The version that was seen last, until others' is looked at. */
  readonly seenVersion: number;
  readonly change: (changes: Partial<Content>) => void;
  /** After others changed the same: mine stays, theirs was seen. */
  readonly keepMine: (key: keyof Content & string) => void;
  readonly takeTheirs: (key: keyof Content & string) => void;
  /** Others' changes were looked at. */
  readonly seen: () => void;
  /** Back to what is saved. @returns undoes that */
  readonly discard: () => () => void;
  /** These fields were saved as they were sent, as this version. */
  readonly wasSaved: (
    sent: Content,
    keys: readonly (keyof Content & string)[],
    version: number,
  ) => void;
}

const KEEP_AFTER_MS = 400;

interface Begun<Content extends object> {
  readonly edit: Edit<Content>;
  readonly version: number;
  readonly foundFrom: string | undefined;
}

/**
 * Edits something that others may edit as well. What is typed is kept on the device until it is saved, and what is
 * saved elsewhere meanwhile is taken in where it touches nothing of that.
 */
export function useEdit<Content extends object>(options: EditOptions<Content>): Editing<Content> {
  const { what, personId, saved, version, read } = options;
  const [begun, setBegun] = useState(() => begin(options));
  const [isKept, setIsKept] = useState(true);
  const [known, setKnown] = useState(saved);
  if (known !== saved) {
    setKnown(saved);
    setBegun((before) => ({ ...before, edit: rebase(before.edit, saved) }));
  }
  const { edit, foundFrom } = begun;
  const changed = useMemo(() => differing(edit.mine, saved), [edit, saved]);
  const conflicts = useMemo(() => conflicting(edit, saved), [edit, saved]);

  const keep = useEffectEvent(() => {
    if (changed.length === 0) {
      forgetDraft(what, personId);
      setIsKept(true);
      return;
    }
    const { base, mine } = edit;
    const only = (content: Content) =>
      Object.fromEntries(changed.map((key) => [key, content[key] ?? null]));
    setIsKept(
      keepDraft(what, {
        personId,
        at: new Date().toISOString(),
        version: begun.version,
        base: only(base),
        mine: only(mine),
      }),
    );
  });
  useEffect(() => {
    const timer = setTimeout(() => keep(), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [edit, changed]);
  useEffect(() => {
    const listen = () => keep();
    globalThis.addEventListener("pagehide", listen);
    document.addEventListener("visibilitychange", listen);
    return () => {
      globalThis.removeEventListener("pagehide", listen);
      document.removeEventListener("visibilitychange", listen);
      listen();
    };
  }, []);

  const set = (next: (edit: Edit<Content>) => Edit<Content>) =>
    setBegun((before) => ({ ...before, edit: next(before.edit) }));
  return {
    content: edit.mine,
    changed,
    conflicts,
    foundFrom: changed.length === 0 ? undefined : foundFrom,
    isKept,
    seenVersion: changed.length === 0 ? version : begun.version,
    change: (changes) => set(({ base, mine }) => ({ base, mine: { ...mine, ...changes } })),
    keepMine: (key) => set(({ base, mine }) => ({ base: withFields(base, saved, [key]), mine })),
    takeTheirs: (key) =>
      set(({ base, mine }) => ({
        base: withFields(base, saved, [key]),
        mine: withFields(mine, saved, [key]),
      })),
    seen: () => setBegun((before) => ({ ...before, version })),
    discard: () => {
      const before = begun;
      setBegun({ edit: { base: saved, mine: saved }, version, foundFrom: undefined });
      return () => setBegun({ ...before, edit: rebase(before.edit, saved) });
    },
    wasSaved: (sent, keys, savedVersion) =>
      // What was typed while it was on its way is based on it.
      setBegun(({ edit: { base, mine } }) => ({
        edit: { base: withFields(base, sent, keys), mine },
        version: savedVersion,
        foundFrom: undefined,
      })),
  };

  function begin({ saved: content, version: at }: EditOptions<Content>): Begun<Content> {
    const none = { edit: { base: content, mine: content }, version: at, foundFrom: undefined };
    const kept = readDraft(what, personId);
    if (kept === undefined) return none;
    const [base, mine] = [read({ ...content, ...kept.base }), read({ ...content, ...kept.mine })];
    if (base === undefined || mine === undefined) return none;
    return { edit: rebase({ base, mine }, content), version: kept.version, foundFrom: kept.at };
  }
}
