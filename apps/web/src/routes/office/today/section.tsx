import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Loaded } from "../../../account/loaded.tsx";
import { Button } from "../../../components/button.tsx";
import type { OfficeList } from "../../../office/office-table.tsx";
import type { TodayPart } from "./use-today.ts";

interface TodaySectionProps<Item> {
  readonly part: TodayPart;
  readonly list: OfficeList<Item>;
  /** Those that are not shown for now, as they are being done. */
  readonly isHidden?: (item: Item) => boolean;
  /** A way to all of it, beside what it is. */
  readonly all?: ReactNode;
  /** One of them, as an item of a list. */
  readonly children: (item: Item) => ReactNode;
}

/** One kind of what needs a decision: how many, the first of them, and more where there are. */
export function TodaySection<Item>(props: TodaySectionProps<Item>) {
  const { part, list, isHidden, all, children } = props;
  const t = useTranslations("officeToday");
  const heading = `${part}-title`;
  return (
    <section id={part} className="today-section" aria-labelledby={heading}>
      <div className="today-head">
        <h2 id={heading}>{t(`part_${part}`)}</h2>
        <p>{t(`words_${part}`)}</p>
        {all}
      </div>
      <Loaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          const total = pages[0]?.total ?? items.length;
          return (
            <>
              <ul className="today-list">
                {items.filter((item) => isHidden?.(item) !== true).map(children)}
              </ul>
              {list.hasNextPage ? (
                <p className="today-more">
                  <Button
                    variant="outline"
                    size="small"
                    isBusy={list.isFetchingNextPage}
                    onClick={() => void list.fetchNextPage()}
                  >
                    {t("more")}
                  </Button>
                  <span className="figures">
                    {t("shown", { shown: String(items.length), total: String(total) })}
                  </span>
                </p>
              ) : null}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

interface TodayItemProps {
  /** What it is about: a link to it, where there is a page. */
  readonly title: ReactNode;
  /** How it stands: each a child. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** One thing that needs a decision, and what can be done about it. */
export function TodayItem({ title, facts, actions, children }: TodayItemProps) {
  return (
    <li className="today-item">
      <div className="today-what">
        <h3>{title}</h3>
        {facts === undefined ? null : <div className="facts">{facts}</div>}
        {children}
      </div>
      {actions === undefined ? null : <div className="today-actions">{actions}</div>}
    </li>
  );
}
