import { DiscountValue } from "@lectern/contract/discounts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useAccountWords } from "../../../account/use-account-words.ts";
import { Localized } from "../../../components/localized.tsx";
import { useApi } from "../../../data/api.ts";
import { formatMoney } from "../../../format/money.ts";
import { RecordSection } from "../../../office/record-page.tsx";
import { useSettled } from "../../../office/use-settled.ts";
import { PriceTable } from "../../../prices/price-table.tsx";
import { FindField } from "../bookings/find-field.tsx";
import { useRun } from "../run/use-run.ts";

interface DiscountPreviewProps {
  /** What the fields say, which may be nothing sensible yet. */
  readonly value: object;
  readonly courseId: string | undefined;
}

const PAUSE_MS = 300;
const PLACES = [1, 2, 3, 5, 10] as const;

/** What a code would do to the price of a date that is chosen. */
export function DiscountPreview({ value, courseId }: DiscountPreviewProps) {
  const t = useTranslations("officeDiscounts");
  const id = useId();
  const [runId, setRunId] = useState<string>();
  const [places, setPlaces] = useState(1);
  return (
    <RecordSection title={t("preview")}>
      <div className="office-discounts-preview">
        <FindField kind="run" label={t("previewRun")} value={runId} onChange={setRunId} />
        <label htmlFor={id} className="label">
          {t("places")}
        </label>
        <select
          id={id}
          className="select"
          value={places}
          onChange={({ target }) => setPlaces(Number(target.value))}
        >
          {PLACES.map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
        {runId === undefined ? (
          <p className="aside-note">{t("previewChoose")}</p>
        ) : (
          <Effect value={value} courseId={courseId} runId={runId} places={places} />
        )}
      </div>
    </RecordSection>
  );
}

interface EffectProps extends DiscountPreviewProps {
  readonly runId: string;
  readonly places: number;
}

function Effect({ value, courseId, runId, places }: EffectProps) {
  const t = useTranslations("officeDiscounts");
  const words = useAccountWords();
  const api = useApi();
  const run = useRun(runId);
  const settled = useSettled(JSON.stringify(value), PAUSE_MS);
  const parsed = DiscountValue.safeParse(JSON.parse(settled));
  const preview = useQuery(
    api.discounts.preview.queryOptions(
      {
        value: parsed.success ? parsed.data : { kind: "percent", basisPoints: 1 },
        courseId: courseId ?? null,
        runId,
        places,
      },
      { enabled: parsed.success, placeholderData: keepPreviousData },
    ),
  );
  if (!parsed.success) return <p className="aside-note">{t("previewValue")}</p>;
  if (preview.isError) return <p role="alert">{words(preview.error)}</p>;
  if (preview.data === undefined || run.data === undefined)
    return <p role="status">{t("pricing")}</p>;
  const { without, with: after, obstacle } = preview.data;
  if (obstacle !== null) return <p role="status">{t(`obstacle_${obstacle}`)}</p>;
  if (without.total === null || after?.total == null) return <p role="status">{t("onRequest")}</p>;
  return (
    <div aria-live="polite">
      <PriceTable
        places={after.places.map(({ explanation }) => explanation)}
        total={after.total}
        timeZone={run.data.timeZone}
      />
      <p>
        <Localized>
          {t("previewSaves", {
            before: formatMoney(without.total),
            after: formatMoney(after.total),
          })}
        </Localized>
      </p>
    </div>
  );
}
