import type { CourseForEditing } from "@lectern/contract/course-editing";
import { useTranslations } from "use-intl";
import { AreaField, LineField } from "./editing-field.tsx";
import { OrderedList } from "./ordered-list.tsx";

type Modules = CourseForEditing["syllabus"];

interface SyllabusFieldProps {
  readonly modules: Modules;
  readonly onChange: (modules: Modules) => void;
  readonly problem?: string | undefined;
  readonly lang: string;
  readonly isReadOnly?: boolean;
}

const MOST_MODULES = 50;

/** The parts of a course, in the order in which they are taught; what each is about, a line each. */
export function SyllabusField(props: SyllabusFieldProps) {
  const { modules, onChange, problem, lang, isReadOnly } = props;
  const t = useTranslations("officeEditing");
  return (
    <div className="editing-field">
      <OrderedList
        label={t("syllabus")}
        items={modules}
        onChange={(items) => onChange([...items])}
        nameOf={({ title }, index) =>
          title.trim() === "" ? t("module", { number: index + 1 }) : title
        }
        add={{ words: t("addModule"), item: () => ({ title: "", topics: [] }) }}
        most={MOST_MODULES}
        empty={t("noModules")}
        {...(isReadOnly !== undefined && { isReadOnly })}
      >
        {(module, change, index) => (
          <>
            <LineField
              label={t("module", { number: index + 1 })}
              lang={lang}
              value={module.title}
              onChange={(title) => change({ ...module, title })}
              {...(isReadOnly !== undefined && { isReadOnly })}
            />
            <AreaField
              label={t("moduleTopics")}
              lang={lang}
              rows={2}
              // Empty lines stay for as long as one types; what is saved has none.
              value={module.topics.join("\n")}
              onChange={(text) =>
                change({ ...module, topics: text === "" ? [] : text.split("\n") })
              }
              {...(isReadOnly !== undefined && { isReadOnly })}
            />
          </>
        )}
      </OrderedList>
      {problem === undefined ? null : <p className="editing-field-problem">{problem}</p>}
    </div>
  );
}
