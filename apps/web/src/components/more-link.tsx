import { Link, type LinkProps } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { Button } from "./button.tsx";
import { useIsHydrated } from "./use-is-hydrated.ts";
import "./more-link.css";

/** A list that has further pages, as the query library keeps it. */
interface FurtherPages {
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  fetchNextPage(): Promise<unknown>;
}

interface MoreLinkProps {
  /** Where the next page is, for browsers that run no scripts. */
  readonly to: NonNullable<LinkProps["to"]>;
  readonly search: NonNullable<LinkProps["search"]>;
  readonly label: string;
  /** How much is shown, and how much there is. */
  readonly note: string;
  readonly list: FurtherPages;
}

/** Shows more of a list: below what is there, or as a page of its own without scripts. */
export function MoreLink({ to, search, label, note, list }: MoreLinkProps) {
  const t = useTranslations();
  const isHydrated = useIsHydrated();
  return (
    <div className="more-link">
      <p className="figures" role="status">
        {list.isFetchNextPageError ? t("failures.reloadFailed") : note}
      </p>
      {isHydrated ? (
        <Button
          variant="outline"
          isBusy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {list.isFetchingNextPage ? t("catalogue.loadingMore") : label}
        </Button>
      ) : (
        <Link to={to} search={search} className="onward" rel="next">
          {label}
        </Link>
      )}
    </div>
  );
}
