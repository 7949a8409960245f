import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { OrderedList } from "../../../editing/ordered-list.tsx";
import { useSettled } from "../../../office/use-settled.ts";
import { CourseBadge } from "./course-badge.tsx";
import type { CourseText } from "./course-text.ts";
import "./related-field.css";

type Related = CourseText["related"];

interface RelatedFieldProps {
  /** The address of the course itself, which is not related to itself. */
  readonly own: string;
  readonly problem: string | undefined;
  readonly related: Related;
  readonly onChange: (related: Related) => void;
  readonly isReadOnly: boolean;
}

const MOST = 12;
const FOUND = 6;
const PAUSE_MS = 200;

/** The courses that a reader may want next, found by their names. */
export function RelatedField(props: RelatedFieldProps) {
  const { own, problem, related, onChange, isReadOnly } = props;
  const t = useTranslations("officeCourses");
  const tEditing = useTranslations("officeEditing");
  const id = useId();
  const api = useApi();
  const [typed, setTyped] = useState("");
  const [said, setSaid] = useState("");
  const query = useSettled(typed.trim(), PAUSE_MS);
  const list = useQuery(
    api.courses.listForEditing.queryOptions(
      { query, limit: FOUND * 2, sort: "title" },
      { enabled: query !== "", placeholderData: keepPreviousData },
    ),
  );
  const taken = new Set([own, ...related.map(({ slug }) => slug)]);
  const found = (query === "" ? [] : (list.data?.items ?? []))
    .filter(({ slug }) => !taken.has(slug))
    .slice(0, FOUND);
  return (
    <div className="editing-field related-field" role="group" aria-labelledby={id}>
      <p id={id} className="editing-field-name">
        {t("field_related")}
      </p>
      <p className="editing-field-hint">{t("relatedHint")}</p>
      <OrderedList
        label={t("field_related")}
        items={related}
        onChange={(items) => onChange([...items])}
        nameOf={({ title }) => title}
        most={MOST}
        isReadOnly={isReadOnly}
      >
        {({ title, code, status }) => (
          <span className="related-field-one">
            <span>{title}</span> <span className="aside-note">{code}</span>
            {status === "published" ? null : <CourseBadge status={status} />}
          </span>
        )}
      </OrderedList>
      {isReadOnly || related.length >= MOST ? null : (
        <>
          <input
            type="search"
            className="field"
            aria-label={t("relatedSearch")}
            placeholder={t("relatedSearch")}
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <ul className="related-field-found">
            {found.map(({ slug, title, code, status }) => (
              <li key={slug}>
                <button
                  type="button"
                  onClick={() => {
                    onChange([...related, { slug, title, code, status }]);
                    setSaid(tEditing("added", { name: title }));
                  }}
                >
                  {t("relatedAdd", { title, code })}
                </button>
              </li>
            ))}
          </ul>
          <p className="visually-hidden" role="status">
            {query !== "" && list.isSuccess && found.length === 0 ? t("relatedNone") : said}
          </p>
        </>
      )}
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
    </div>
  );
}
