import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { TextField } from "../../../forms/fields.tsx";
import type { FieldProblems } from "../../../forms/use-contract-form.ts";
import { TAKES_FIRST_PLACE, learnerField } from "./details.ts";
import "./learner-fields.css";

/** Who takes the places: the booker the first one, unless they say otherwise; the rest may be named later. */
export function LearnerFields(props: { places: number; problems: FieldProblems }) {
  const t = useTranslations("booking");
  const tForms = useTranslations("forms");
  const [isBookerFirst, setIsBookerFirst] = useState(true);
  const { places, problems } = props;
  return (
    <fieldset className="form-part">
      <legend>{t("learners")}</legend>
      <p className="aside-note">{t("learnersWords")}</p>
      <Checkbox
        name={TAKES_FIRST_PLACE}
        label={t("sameAsBooker")}
        checked={isBookerFirst}
        onChange={({ currentTarget }) => setIsBookerFirst(currentTarget.checked)}
      />
      {Array.from({ length: places }, (_, place) =>
        place === 0 && isBookerFirst ? null : (
          <fieldset key={place} className="learner-fields">
            <legend className="label">{t("learnerOf", { position: place + 1 })}</legend>
            <div className="form-row">
              <TextField
                name={learnerField(place, "name")}
                label={tForms("name")}
                problems={problems}
                autoComplete="off"
                isOptional
              />
              <TextField
                name={learnerField(place, "email")}
                type="email"
                label={tForms("email")}
                problems={problems}
                autoComplete="off"
                isOptional
              />
            </div>
          </fieldset>
        ),
      )}
    </fieldset>
  );
}
