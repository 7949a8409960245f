import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { diffLines, withContext } from "./line-diff.ts";
import "./diff-view.css";

interface DiffViewProps {
  readonly before: string;
  readonly after: string;
  readonly lang?: string;
}

/** What differs between two texts, line by line: what went is crossed out, what came is marked. */
export function DiffView({ before, after, lang }: DiffViewProps) {
  const t = useTranslations("officeEditing");
  const parts = useMemo(() => withContext(diffLines(before, after)), [before, after]);
  return (
    <div className="diff-view" lang={lang}>
      {parts.map((part, index) =>
        "left" in part ? (
          // A comparison is made anew as a whole: its parts have no identity but their place.
          <p key={index} className="diff-view-left" lang="">
            {t("linesLeft", { count: part.left })}
          </p>
        ) : (
          part.lines.map(({ kind, text }, line) => (
            <Line key={`${String(index)} ${String(line)}`} kind={kind} text={text} />
          ))
        ),
      )}
    </div>
  );
}

function Line({ kind, text }: { kind: "same" | "removed" | "added"; text: string }) {
  const t = useTranslations("officeEditing");
  const shown = text === "" ? "\u00A0" : text;
  if (kind === "same") return <p>{shown}</p>;
  const Changed = kind === "removed" ? "del" : "ins";
  return (
    <p data-kind={kind}>
      <span className="visually-hidden" lang="">
        {t(kind === "removed" ? "lineRemoved" : "lineAdded")}{" "}
      </span>
      <Changed>{shown}</Changed>
    </p>
  );
}
