import { useTranslations } from "use-intl";

/** What was marked last, and how to take it back. */
export interface LastMark {
  readonly words: string;
  readonly undo: () => void;
}

interface LastMarkBarProps {
  readonly last: LastMark | undefined;
  readonly onEnd: () => void;
}

/** One line at the foot of the screen: the list stays in sight however fast people come. */
export function LastMarkBar({ last, onEnd }: LastMarkBarProps) {
  const t = useTranslations("office");
  return (
    <div className="run-last" role="status" hidden={last === undefined}>
      {last === undefined ? null : (
        <>
          <p>{last.words}</p>
          <button
            type="button"
            onClick={() => {
              last.undo();
              onEnd();
            }}
          >
            {t("undo")}
          </button>
        </>
      )}
    </div>
  );
}
