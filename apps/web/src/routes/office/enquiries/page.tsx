import { ENQUIRY_KINDS } from "@lectern/contract/vocabulary";
import { useTranslations } from "use-intl";
import { EmptyState } from "../../../components/empty-state.tsx";
import { useCommands } from "../../../office/commands.tsx";
import { FilterBar } from "../../../office/filter-bar.tsx";
import { OfficePage } from "../../../office/office-page.tsx";
import { type AddressFilters, useAddressFilters } from "../../../office/use-address-filters.ts";
import { useShortcut } from "../../../office/use-shortcut.ts";
import { FindField } from "../bookings/find-field.tsx";
import { Board } from "./board.tsx";
import { EnquiriesTable } from "./enquiries-table.tsx";
import {
  ENQUIRY_FILTERS,
  type EnquiryFilters,
  NO_FILTERS,
  OPEN_CHOICES,
  VIEWS,
  type View,
} from "./filters.ts";
import { useColumns, useEnquiries } from "./use-enquiries.ts";
import "./page.css";

/** What people ask the academy for: on a board by state, or in one list. */
export function OfficeEnquiriesPage() {
  const t = useTranslations("officeEnquiries");
  const address = useAddressFilters(ENQUIRY_FILTERS);
  // The way that they are shown is no filter: it stays when those are cleared.
  const filters = { ...address, clear: () => address.set(NO_FILTERS) };
  const { view = "board", spam } = address.filters;
  const show = (next: View) => address.set({ view: next === "board" ? undefined : next });
  const other = view === "board" ? "list" : "board";
  const turnSpam = () => address.set({ spam: spam === true ? undefined : true });
  useShortcut("v", t(`show_${other}`), { run: () => show(other) });
  useShortcut("s", t("turnSpam"), { run: turnSpam });
  useCommands([
    { id: "view", words: t(`show_${other}`), keys: "v", run: () => show(other) },
    { id: "spam", words: t("turnSpam"), keys: "s", run: turnSpam },
  ]);
  return (
    <OfficePage
      title={t("title")}
      lede={t("lede")}
      actions={
        <div className="enquiries-views" role="group" aria-label={t("views")}>
          {VIEWS.map((one) => (
            <button
              key={one}
              type="button"
              className="plain-button"
              aria-pressed={one === view}
              onClick={() => show(one)}
            >
              {t(`view_${one}`)}
            </button>
          ))}
        </div>
      }
    >
      <FilterBar page="enquiries" filters={filters} fields={useFields()} />
      <CourseFilter filters={filters} />
      {view === "board" ? (
        <OnBoard filters={filters.filters} />
      ) : (
        <InList filters={filters.filters} />
      )}
    </OfficePage>
  );
}

/** Shown once it is asked for, or chosen: of courses there are many. */
function CourseFilter({ filters }: { filters: AddressFilters<EnquiryFilters> }) {
  const t = useTranslations("officeEnquiries");
  const { course } = filters.filters;
  return (
    <details className="enquiries-more" open={course !== undefined || undefined}>
      <summary>{t("byCourse")}</summary>
      <div className="enquiries-find">
        <FindField
          kind="catalogue"
          label={t("course")}
          value={course}
          onChange={(slug) => filters.set({ course: slug })}
        />
      </div>
    </details>
  );
}

function OnBoard({ filters }: { filters: EnquiryFilters }) {
  const t = useTranslations("officeEnquiries");
  const columns = useColumns(filters);
  const isNothing = columns.every(({ list }) => list.data?.pages[0]?.total === 0);
  if (isNothing) return <EmptyState title={t("noneTitle")} words={t("noneWords")} />;
  const isStale = columns.some(({ list }) => list.isPlaceholderData);
  return (
    <div className="enquiries-board" aria-busy={isStale}>
      <Board columns={columns} />
    </div>
  );
}

function InList({ filters }: { filters: EnquiryFilters }) {
  return <EnquiriesTable list={useEnquiries(filters)} />;
}

function useFields() {
  const t = useTranslations("officeEnquiries");
  return [
    { kind: "text", name: "q", words: t("search") },
    {
      kind: "many",
      name: "state",
      words: t("state"),
      choices: OPEN_CHOICES.options.map((value) => ({ value, words: t(`status_${value}`) })),
    },
    {
      kind: "many",
      name: "kind",
      words: t("kind"),
      choices: ENQUIRY_KINDS.map((value) => ({ value, words: t(`kind_${value}`) })),
    },
    { kind: "flag", name: "spam", words: t("withSpam") },
  ] as const;
}
