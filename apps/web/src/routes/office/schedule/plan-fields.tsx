import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import {
  ChoiceField,
  EditingField,
  LineField,
  TicksField,
} from "../../../editing/editing-field.tsx";
import { languageChoices } from "../../../editing/languages.ts";
import { useSettled } from "../../../office/use-settled.ts";
import { FindField } from "../bookings/find-field.tsx";
import { Rooms } from "./option-lists.tsx";
import { type Plan, WEEKDAYS, type Weekday } from "./plan.ts";
import type { SchedulingOptions } from "./resource-rows.tsx";
import "./plan-fields.css";

export interface PlanFieldsProps {
  readonly plan: Plan;
  readonly onChange: (changes: Partial<Plan>) => void;
  /** In words, by the path in the input of the call. */
  readonly problems: ReadonlyMap<string, string>;
}

const PAUSE_MS = 250;
const FOUND = 50;
const MODES = ["classroom", "virtual", "blended", "self_paced"] as const;
const STATES = ["draft", "tentative", "confirmed"] as const;

/** @returns the one of several that a select has chosen */
function oneOf<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
}

/** What is taught: searched for in the catalogue. */
export function CourseFields({ plan, onChange, problems }: PlanFieldsProps) {
  const t = useTranslations("officeSchedule");
  const tRun = useTranslations("run");
  const [typed, setTyped] = useState("");
  const query = useSettled(typed.trim().slice(0, 200), PAUSE_MS);
  const found = useQuery(
    useApi().courses.list.queryOptions(
      { ...(query !== "" && { query }), limit: FOUND },
      { placeholderData: keepPreviousData },
    ),
  );
  const courses = found.data?.items ?? [];
  const isListed = courses.some(({ id }) => id === plan.courseId);
  return (
    <div className="plan-fields">
      <EditingField
        label={t("courseSearch")}
        hint={found.data && t("courseFound", { count: found.data.total })}
      >
        {(ids) => (
          <input
            {...ids}
            type="search"
            className="field"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        )}
      </EditingField>
      <ChoiceField
        label={t("course")}
        problem={problems.get("courseId")}
        value={plan.courseId}
        onChange={(courseId) => {
          const course = courses.find(({ id }) => id === courseId);
          onChange({ courseId, courseTitle: course?.title ?? plan.courseTitle });
        }}
      >
        <option value="">{t("courseChoose")}</option>
        {isListed || plan.courseId === "" ? null : (
          <option value={plan.courseId}>{plan.courseTitle}</option>
        )}
        {courses.map(({ id, code, title }) => (
          <option key={id} value={id}>
            {code} {title}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label={t("mode")}
        value={plan.deliveryMode}
        onChange={(value) => {
          const deliveryMode = oneOf(MODES, value);
          if (deliveryMode !== undefined) onChange({ deliveryMode });
        }}
      >
        {MODES.map((mode) => (
          <option key={mode} value={mode}>
            {tRun(`mode_${mode}`)}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label={t("language")}
        problem={problems.get("language")}
        value={plan.language}
        onChange={(language) => onChange({ language })}
      >
        {languageChoices([plan.language]).map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </ChoiceField>
    </div>
  );
}

interface PlaceFieldsProps extends PlanFieldsProps {
  readonly options: SchedulingOptions;
}

/** Where it is taught, on which clock, and by whom. */
export function PlaceFields({ plan, onChange, problems, options }: PlaceFieldsProps) {
  const t = useTranslations("officeSchedule");
  const venue = options.venues.find(({ id }) => id === plan.venueId);
  const rooms = venue?.rooms ?? options.virtualRooms;
  return (
    <div className="plan-fields">
      <ChoiceField
        label={t("venue")}
        problem={problems.get("venueId")}
        value={plan.venueId}
        onChange={(venueId) => {
          const chosen = options.venues.find(({ id }) => id === venueId);
          onChange({ venueId, roomId: "", timeZone: chosen?.timeZone ?? plan.timeZone });
        }}
      >
        <option value="">{t("venueNone")}</option>
        {options.venues.map(({ id, name, city }) => (
          <option key={id} value={id}>
            {t("venueWords", { venue: name, city })}
          </option>
        ))}
      </ChoiceField>
      <ChoiceField
        label={t("room")}
        problem={problems.get("roomId")}
        value={plan.roomId}
        onChange={(roomId) => onChange({ roomId })}
      >
        <option value="">{t("roomNone")}</option>
        <Rooms rooms={rooms} />
      </ChoiceField>
      <LineField
        label={t("timeZone")}
        hint={t("timeZoneHint")}
        problem={problems.get("timeZone")}
        value={plan.timeZone}
        onChange={(timeZone) => onChange({ timeZone })}
      />
      <InstructorField
        instructors={options.instructors}
        chosen={plan.instructorIds}
        onChange={(instructorIds) => onChange({ instructorIds })}
      />
    </div>
  );
}

const LISTED = 30;

interface InstructorFieldProps {
  readonly instructors: SchedulingOptions["instructors"];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Who teaches: those who are chosen, and those whose names fit what is typed. */
function InstructorField({ instructors, chosen, onChange }: InstructorFieldProps) {
  const t = useTranslations("officeSchedule");
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLocaleLowerCase();
  const fitting = instructors.filter(
    ({ id, name }) => !chosen.includes(id) && name.toLocaleLowerCase().includes(wanted),
  );
  const shown = [
    ...instructors.filter(({ id }) => chosen.includes(id)),
    ...fitting.slice(0, LISTED),
  ];
  return (
    <fieldset className="plan-people">
      <legend>{t("moveInstructors")}</legend>
      <p className="aside-note">{t("instructorsChosen", { count: chosen.length })}</p>
      <input
        type="search"
        className="field"
        aria-label={t("instructorSearch")}
        placeholder={t("instructorSearch")}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <div className="plan-people-list">
        {shown.map(({ id, name }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                onChange(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** At which hours, on which days, and how often. */
export function SittingFields({ plan, onChange, problems }: PlanFieldsProps) {
  const t = useTranslations("officeSchedule");
  return (
    <div className="plan-fields">
      <InputField
        type="number"
        label={t("sessions")}
        problem={problems.get("pattern.sessions")}
        value={plan.sessions}
        onChange={(sessions) => onChange({ sessions })}
      />
      <div className="plan-row">
        <InputField
          type="time"
          label={t("start")}
          problem={problems.get("pattern.start")}
          value={plan.start}
          onChange={(start) => onChange({ start })}
        />
        <InputField
          type="time"
          label={t("end")}
          problem={problems.get("pattern.end")}
          value={plan.end}
          onChange={(end) => onChange({ end })}
        />
      </div>
      <WeekdayField
        label={t("weekdays")}
        problem={problems.get("pattern.weekdays")}
        chosen={plan.weekdays}
        onChange={(weekdays) => onChange({ weekdays })}
      />
      <label className="plan-tick">
        <input
          type="checkbox"
          checked={plan.skipsHolidays}
          onChange={({ target }) => onChange({ skipsHolidays: target.checked })}
        />
        {t("skipHolidays")}
      </label>
    </div>
  );
}

interface WeekdayFieldProps {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly chosen: readonly Weekday[];
  readonly onChange: (chosen: readonly Weekday[]) => void;
}

export function WeekdayField({ label, problem, chosen, onChange }: WeekdayFieldProps) {
  const t = useTranslations("officeSchedule");
  return (
    <TicksField
      label={label}
      problem={problem}
      choices={WEEKDAYS.map((value) => ({ value, words: t(`weekday_${value}`) }))}
      chosen={chosen}
      onChange={onChange}
    />
  );
}

/** How many places there are, for how much, and for whom. */
export function SaleFields({ plan, onChange, problems }: PlanFieldsProps) {
  const t = useTranslations("officeSchedule");
  return (
    <div className="plan-fields">
      <div className="plan-row">
        <InputField
          type="number"
          label={t("capacity")}
          problem={problems.get("capacity")}
          value={plan.capacity}
          onChange={(capacity) => onChange({ capacity })}
        />
        <InputField
          type="number"
          label={t("minPlaces")}
          hint={t("minPlacesHint")}
          problem={problems.get("minPlaces")}
          value={plan.minPlaces}
          onChange={(minPlaces) => onChange({ minPlaces })}
        />
      </div>
      <div className="plan-row">
        <LineField
          label={t("price")}
          hint={t("priceHint")}
          inputMode="decimal"
          problem={problems.get("price.amount")}
          value={plan.price}
          onChange={(price) => onChange({ price })}
        />
        <LineField
          label={t("currency")}
          problem={problems.get("price.currency")}
          value={plan.currency}
          onChange={(currency) => onChange({ currency: currency.toUpperCase() })}
        />
      </div>
      <div className="plan-row">
        <ChoiceField
          label={t("state")}
          value={plan.status}
          onChange={(value) => {
            const status = oneOf(STATES, value);
            if (status !== undefined) onChange({ status });
          }}
        >
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`status_${state}`)}
            </option>
          ))}
        </ChoiceField>
        <ChoiceField
          label={t("visibility")}
          value={plan.visibility}
          onChange={(value) => onChange({ visibility: value === "private" ? "private" : "public" })}
        >
          <option value="public">{t("visibility_public")}</option>
          <option value="private">{t("visibility_private")}</option>
        </ChoiceField>
      </div>
      {plan.visibility === "private" ? (
        <FindField
          kind="organisation"
          label={t("organisation")}
          hint={t("organisationHint")}
          value={plan.organisationId}
          onChange={(organisationId) => onChange({ organisationId })}
        />
      ) : null}
    </div>
  );
}

interface InputFieldProps {
  readonly type: "date" | "time" | "number";
  readonly label: string;
  readonly hint?: string;
  readonly problem: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A day, a time or a number. */
export function InputField({ type, label, hint, problem, value, onChange }: InputFieldProps) {
  return (
    <EditingField label={label} hint={hint} problem={problem}>
      {(ids) => (
        <input
          {...ids}
          type={type}
          className="field"
          {...(type === "number" && { min: 0 })}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </EditingField>
  );
}

/** Fields that belong together, under their name. */
export function PlanPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="plan-part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
