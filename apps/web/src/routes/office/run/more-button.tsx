import { useTranslations } from "use-intl";
import { Button } from "../../../components/button.tsx";

interface MoreButtonProps {
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    fetchNextPage(): Promise<unknown>;
  };
}

/** The next page of a list, if there is one. */
export function MoreButton({ list }: MoreButtonProps) {
  const t = useTranslations("officeRun");
  if (!list.hasNextPage) return null;
  return (
    <p>
      <Button
        variant="outline"
        size="small"
        isBusy={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {t("more")}
      </Button>
    </p>
  );
}
