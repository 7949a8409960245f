import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { useTranslations } from "use-intl";
import { z } from "zod";
import { type Action, ActionsMenu } from "./actions-menu.tsx";
import { textFilter } from "./address-filters.ts";
import { OfficeLink } from "./office-link.tsx";
import { useAddressFilters } from "./use-address-filters.ts";
import "./record-page.css";

/** A part of a record's page, shown when it is chosen. */
export interface RecordTab {
  /** As it stands in the address: `?tab=roster`. */
  readonly id: string;
  readonly words: string;
  /** How many there are, beside its name. */
  readonly count?: number;
  readonly content: () => ReactNode;
}

interface RecordPageProps {
  readonly title: ReactNode;
  /** Where the list of such records is. */
  readonly back: { readonly href: string; readonly words: string };
  readonly badge?: ReactNode;
  /** What tells this one from others, in small: each a child of the row. */
  readonly facts?: ReactNode;
  /** The one or two things that are mostly done with it: buttons. */
  readonly actions?: ReactNode;
  /** Everything else. */
  readonly menu?: readonly Action[];
  /** The first is shown unless the address says another. */
  readonly tabs?: readonly RecordTab[];
  /** Beside the content on wide screens, below it on narrow ones. */
  readonly side?: ReactNode;
  /** What stands there where the page has no tabs. */
  readonly children?: ReactNode;
}

const TAB = z.object({ tab: textFilter(50) });

/** The page of one record: what it is and how it stands, what can be done with it, and its parts. */
export function RecordPage(props: RecordPageProps) {
  const t = useTranslations("office");
  const { title, back, badge, facts, actions, menu = [], tabs = [], side, children } = props;
  return (
    <div className="record-page">
      <header className="record-page-head">
        <p className="record-page-back">
          <OfficeLink href={back.href}>{back.words}</OfficeLink>
        </p>
        <div className="record-page-title">
          <h1>{title}</h1>
          {badge}
        </div>
        {facts === undefined ? null : <div className="facts">{facts}</div>}
        <div className="record-page-actions">
          {actions}
          <ActionsMenu label={t("moreActions")} actions={menu} />
        </div>
      </header>
      <div className="record-page-body" data-side={side !== undefined}>
        <div className="record-page-content">
          {tabs.length === 0 ? children : <Tabs tabs={tabs} />}
        </div>
        {side === undefined ? null : <div className="record-page-side">{side}</div>}
      </div>
    </div>
  );
}

/** The tabs pattern of ARIA: arrow keys move between them, and what is chosen stands in the address. */
function Tabs({ tabs }: { tabs: readonly RecordTab[] }) {
  const t = useTranslations("office");
  const { filters, set } = useAddressFilters(TAB);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const shown = tabs.find((tab) => tab.id === filters.tab) ?? tabs[0];
  const shownId = shown?.id;
  // On narrow screens, not all of them are seen: the one that is shown is.
  useEffect(() => {
    const tab = list.current?.querySelector("[aria-selected='true']");
    if (list.current === null || tab == null) return;
    const [within, at] = [list.current.getBoundingClientRect(), tab.getBoundingClientRect()];
    list.current.scrollLeft += at.left - within.left - (within.width - at.width) / 2;
  }, [shownId]);
  if (shown === undefined) return null;
  const position = tabs.indexOf(shown);
  function press(event: KeyboardEvent): void {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: position + 1,
      ArrowLeft: position - 1 + tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = steps[event.key];
    const next = to === undefined ? undefined : tabs[to % tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    set({ tab: next.id });
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(id + next.id)}`)?.focus();
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={t("parts")}
        className="record-page-tabs"
        onKeyDown={press}
      >
        {tabs.map((tab) => (
          <button
            key={tab.id}
            id={id + tab.id}
            type="button"
            role="tab"
            aria-selected={tab === shown}
            aria-controls={`${id}panel`}
            tabIndex={tab === shown ? 0 : -1}
            onClick={() => set({ tab: tab.id })}
          >
            {tab.words}
            {tab.count === undefined ? null : <span className="figures">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div
        id={`${id}panel`}
        role="tabpanel"
        aria-labelledby={id + shown.id}
        className="record-page-panel"
      >
        {shown.content()}
      </div>
    </>
  );
}

/** A part of a page: a heading, what can be done there, and what it heads. */
export function RecordSection(props: {
  readonly title: string;
  /** Of its heading, for what is named by it. */
  readonly id?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const own = useId();
  const id = props.id ?? own;
  return (
    <section className="record-page-section" aria-labelledby={id}>
      <div className="record-page-section-head">
        <h2 id={id}>{props.title}</h2>
        {props.actions}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values, one below the other. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [name: string, value: ReactNode])[];
}) {
  return (
    <dl className="record-page-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
