import { type ReactNode, useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import { DiffView } from "./diff-view.tsx";
import type { Editing } from "./use-edit.ts";
import "./meanwhile-panel.css";

interface MeanwhilePanelProps<Content extends object> {
  readonly edit: Editing<Content>;
  readonly saved: Content;
  /** Who saved it, and what they changed. */
  readonly who: ReactNode;
  readonly nameOf: (key: keyof Content & string) => string;
  readonly textOf: (content: Content, key: keyof Content & string) => string;
}

/**
 * What others saved while one was typing. Nothing that was typed is lost: where both changed the same, one chooses,
 * and sees both before.
 */
export function MeanwhilePanel<Content extends object>(props: MeanwhilePanelProps<Content>) {
  const { edit, saved, who, nameOf, textOf } = props;
  const t = useTranslations("officeEditing");
  const element = useRef<HTMLElement>(null);
  const { conflicts } = edit;
  const isAsked = conflicts.length > 0;
  useEffect(() => {
    if (isAsked) element.current?.focus();
  }, [isAsked]);
  return (
    <section
      ref={element}
      className="meanwhile-panel"
      aria-labelledby="meanwhile"
      tabIndex={-1}
      data-asked={isAsked}
    >
      <h2 id="meanwhile">{t("meanwhileTitle")}</h2>
      <div>{who}</div>
      <p>{isAsked ? t("meanwhileAsked", { count: conflicts.length }) : t("meanwhileTaken")}</p>
      {conflicts.map((key) => (
        <section key={key} className="meanwhile-panel-field" aria-label={nameOf(key)}>
          <h3>{nameOf(key)}</h3>
          <p className="aside-note">{t("meanwhileLegend")}</p>
          <DiffView before={textOf(saved, key)} after={textOf(edit.content, key)} />
          <p className="meanwhile-panel-actions">
            <Button size="small" onClick={() => edit.keepMine(key)}>
              {t("keepMine")}
            </Button>
            <Button size="small" variant="outline" onClick={() => edit.takeTheirs(key)}>
              {t("takeTheirs")}
            </Button>
          </p>
        </section>
      ))}
      {isAsked ? null : (
        <p>
          <Button size="small" variant="outline" onClick={edit.seen}>
            {t("seen")}
          </Button>
        </p>
      )}
    </section>
  );
}
