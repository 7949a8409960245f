import { useTranslations } from "use-intl";
import { Button } from "../components/button.tsx";
import "./further-items.css";

interface FurtherItemsProps {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    fetchNextPage(): Promise<unknown>;
  };
  readonly shown: number;
  readonly total: number;
}

/** Shows more of a list that is somebody's own, where there is more. */
export function FurtherItems({ list, shown, total }: FurtherItemsProps) {
  const t = useTranslations();
  if (!list.hasNextPage) return null;
  return (
    <div className="further-items">
      <p className="figures" role="status">
        {list.isFetchNextPageError
          ? t("failures.reloadFailed")
          : t("catalogue.shown", { shown, total })}
      </p>
      <Button
        variant="outline"
        isBusy={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {t("trainings.more")}
      </Button>
    </div>
  );
}
