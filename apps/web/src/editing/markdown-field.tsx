import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { Markdown } from "../markdown/markdown.tsx";
import { keyCaps } from "../office/shortcuts.ts";
import { isMac } from "../office/shortcuts-provider.tsx";
import { MARKS, type Mark, type Replacement, marking } from "./markdown-marks.ts";
import "./markdown-field.css";

/** What else than a press of the button makes a mark. */
const KEYS: Readonly<Partial<Record<Mark, string>>> = {
  bold: "mod+b",
  italic: "mod+i",
  link: "mod+k",
  heading: "mod+alt+2",
  bullets: "mod+shift+8",
  numbers: "mod+shift+7",
};

/** By the code of the key, as Alt and Shift change what it writes. */
const CODES: Readonly<
  Record<string, { readonly mark: Mark; readonly with: "" | "alt" | "shift" }>
> = {
  KeyB: { mark: "bold", with: "" },
  KeyI: { mark: "italic", with: "" },
  KeyK: { mark: "link", with: "" },
  Digit2: { mark: "heading", with: "alt" },
  Digit8: { mark: "bullets", with: "shift" },
  Digit7: { mark: "numbers", with: "shift" },
};

interface MarkdownFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly max: number;
  /** Language of the text. */
  readonly lang: string;
  readonly isReadOnly?: boolean;
  /** Whether the preview is there from the beginning, where there is room for it. */
  readonly isPreviewedFirst?: boolean;
  /** Of the highest heading in the preview, as on the page of the text. */
  readonly topHeading?: 2 | 3;
}

/** A text in Markdown, and beside it what readers will see: made by what makes the site's pages. */
export function MarkdownField(props: MarkdownFieldProps) {
  const { label, hint, problem, value, onChange, max, lang, isReadOnly = false } = props;
  const { isPreviewedFirst = true } = props;
  const t = useTranslations("officeEditing");
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [isPreviewed, setIsPreviewed] = useState(
    () => isPreviewedFirst && globalThis.matchMedia("(min-width: 62rem)").matches,
  );
  const previewed = useDeferredValue(value);
  function mark(name: Mark): void {
    const element = area.current;
    if (element === null || isReadOnly) return;
    const { selectionStart: start, selectionEnd: end } = element;
    write(element, marking(name, { text: element.value, start, end }));
  }
  return (
    <div className="markdown-field">
      <div className="markdown-field-head">
        <label htmlFor={id}>{label}</label>
        <span className="markdown-field-count figures" data-over={value.length > max}>
          {t("count", { now: value.length, max })}
        </span>
      </div>
      {hint === undefined ? null : (
        <p id={`${id}hint`} className="markdown-field-hint">
          {hint}
        </p>
      )}
      <div>
        <Toolbar label={label} isReadOnly={isReadOnly} onMark={mark}>
          <button
            type="button"
            className="markdown-field-toggle"
            aria-pressed={isPreviewed}
            onClick={() => setIsPreviewed(!isPreviewed)}
          >
            {t("preview")}
          </button>
        </Toolbar>
        <div className="markdown-field-sides" data-previewed={isPreviewed}>
          <textarea
            ref={area}
            id={id}
            className="field markdown-field-text"
            aria-describedby={hint === undefined ? undefined : `${id}hint`}
            aria-invalid={problem === undefined ? undefined : true}
            lang={lang}
            spellCheck
            readOnly={isReadOnly}
            rows={12}
            value={value}
            onChange={({ target }) => onChange(target.value)}
            onKeyDown={(event) => press(event, mark)}
          />
          {isPreviewed ? (
            <section
              className="markdown-field-preview"
              aria-label={t("previewOf", { field: label })}
              lang={lang}
            >
              {previewed.trim() === "" ? (
                <p className="aside-note" lang="">
                  {t("previewEmpty")}
                </p>
              ) : (
                <Markdown text={previewed} topHeading={props.topHeading ?? 3} />
              )}
            </section>
          ) : null}
        </div>
      </div>
      {problem === undefined ? null : <p className="markdown-field-problem">{problem}</p>}
    </div>
  );
}

/** Writes as typing does, so that the browser can undo it. */
function write(element: HTMLTextAreaElement, made: Replacement): void {
  element.focus();
  element.setSelectionRange(made.from, made.to);
  // Nothing else writes so that it can be undone, in whatever browser.
  if (!document.execCommand("insertText", false, made.by)) {
    element.setRangeText(made.by, made.from, made.to, "end");
    element.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  element.setSelectionRange(made.start, made.end);
}

function press(event: KeyboardEvent, mark: (name: Mark) => void): void {
  const isWithMod = isMac() ? event.metaKey : event.ctrlKey;
  const found = CODES[event.code];
  if (!isWithMod || found === undefined) return;
  if (event.altKey !== (found.with === "alt") || event.shiftKey !== (found.with === "shift"))
    return;
  // Before the page's own shortcuts: here one writes.
  event.preventDefault();
  mark(found.mark);
}

interface ToolbarProps {
  readonly label: string;
  readonly isReadOnly: boolean;
  readonly onMark: (mark: Mark) => void;
  readonly children: React.ReactNode;
}

/** The toolbar pattern of ARIA: one stop of the Tab key, arrow keys within. */
function Toolbar({ label, isReadOnly, onMark, children }: ToolbarProps) {
  const t = useTranslations("officeEditing");
  const element = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    const buttons = element.current?.querySelectorAll("button") ?? [];
    for (const [index, button] of buttons.entries()) button.tabIndex = index === current ? 0 : -1;
  });
  function go(event: KeyboardEvent): void {
    const buttons = [...(element.current?.querySelectorAll("button") ?? [])];
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: current + 1,
      ArrowLeft: current - 1 + buttons.length,
      Home: 0,
      End: buttons.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setCurrent(to % buttons.length);
    buttons[to % buttons.length]?.focus();
  }
  return (
    <div
      ref={element}
      role="toolbar"
      aria-label={t("toolbar", { field: label })}
      className="markdown-field-toolbar"
      onKeyDown={go}
    >
      {isReadOnly
        ? null
        : MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              title={titleOf(t(`mark_${mark}`), KEYS[mark])}
              aria-label={t(`mark_${mark}`)}
              onClick={() => onMark(mark)}
            >
              <MarkSign mark={mark} />
            </button>
          ))}
      {children}
    </div>
  );
}

function titleOf(words: string, keys: string | undefined): string {
  if (keys === undefined) return words;
  return `${words} (${keyCaps(keys, isMac()).flat().join(" ")})`;
}

const SIGNS = {
  heading: "H",
  bold: "B",
  italic: "I",
  link: "↗",
  bullets: "•",
  numbers: "1.",
  quote: "”",
  code: "‹›",
} as const satisfies Record<Mark, string>;

/** Drawn by the style sheet: what stands there is no name that anybody could say. */
function MarkSign({ mark }: { mark: Mark }) {
  return <span className="markdown-field-sign" data-mark={mark} data-sign={SIGNS[mark]} />;
}
