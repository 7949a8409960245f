import type { RunDetail } from "@lectern/contract/runs";
import { useTranslations } from "use-intl";
import { PriceTable } from "../../../prices/price-table.tsx";
import type { useQuote } from "./use-quote.ts";
import "./quoted-price.css";

interface QuotedPriceProps {
  readonly run: RunDetail;
  readonly quote: ReturnType<typeof useQuote>;
}

/** What the places cost now, line by line. Where that can't be said, it is said when they are set aside. */
export function QuotedPrice({ run, quote }: QuotedPriceProps) {
  const t = useTranslations("prices");
  const { data, isPlaceholderData } = quote;
  if (run.price === null || data === undefined || data.total === null) return null;
  return (
    <section
      className="quoted-price"
      aria-label={t("heading")}
      aria-busy={isPlaceholderData}
      data-stale={isPlaceholderData || undefined}
    >
      <PriceTable
        places={data.places.map(({ explanation }) => explanation)}
        total={data.total}
        timeZone={run.timeZone}
      />
    </section>
  );
}
