import { useId, useRef, useState } from "react";
import "./copy-field.css";

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  /** What the button says, before and after. */
  readonly words: { readonly copy: string; readonly copied: string };
}

/** Something to copy. Where the browser lets no page copy, it can be done by hand: it is selected then. */
export function CopyField({ label, text, words }: CopyFieldProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<string>();
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Not allowed, or not over TLS.
      field.current?.select();
    }
  }
  return (
    <div className="copy-field">
      <label htmlFor={id} className="copy-field-label">
        {label}
      </label>
      <div className="copy-field-row">
        <input ref={field} id={id} className="field" readOnly value={text} />
        <button type="button" className="plain-button" onClick={() => void copy()}>
          {words.copy}
        </button>
      </div>
      <p role="status" className="aside-note">
        {copied === text ? words.copied : ""}
      </p>
    </div>
  );
}
