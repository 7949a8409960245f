import type { RunForStaff } from "@lectern/contract/run-office";
import type { RunPrices } from "@lectern/contract/price-lists";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { CallFailure } from "../../../account/call-failure.tsx";
import { Loaded } from "../../../account/loaded.tsx";
import { useCallForm } from "../../../account/use-call-form.ts";
import { Button } from "../../../components/button.tsx";
import { useApi } from "../../../data/api.ts";
import { fieldNumber } from "../../../forms/contract-shape.ts";
import { TextField } from "../../../forms/fields.tsx";
import { Form } from "../../../forms/form.tsx";
import { formatMoney, minorUnits } from "../../../format/money.ts";
import { countryName } from "../../../format/names.ts";
import { formatShare } from "../../../format/shares.ts";
import { OfficeInstant } from "../../../office/office-time.tsx";
import { Facts, RecordSection } from "../../../office/record-page.tsx";
import { useUndo } from "../../../office/undo.tsx";
import { useRunChanged } from "./use-run.ts";

/** What a place costs, by which rules, and what cancelling costs. */
export function PricesTab({ run }: { run: RunForStaff }) {
  const api = useApi();
  const query = useQuery(api.prices.byRun.queryOptions({ runId: run.id }));
  return <Loaded query={query}>{(prices) => <Prices run={run} prices={prices} />}</Loaded>;
}

function Prices({ run, prices }: { run: RunForStaff; prices: RunPrices }) {
  const t = useTranslations("officeRun");
  const { price, rules, regions } = prices;
  const { tiers } = run.cancellationPolicy;
  return (
    <>
      <RecordSection title={t("price")}>
        <Facts
          facts={[
            [t("price"), price === null ? t("onRequest") : formatMoney(price)],
            [t("taxCategory"), t(`tax_${prices.taxCategory}`)],
            [
              t("earlyBird"),
              rules.earlyBird.length === 0 ? (
                t("noRules")
              ) : (
                <ul className="run-rules">
                  {rules.earlyBird.map(({ until, basisPoints }) => (
                    <li key={until}>
                      {t("earlyBirdUntil", { percent: formatShare(basisPoints) })}{" "}
                      <OfficeInstant instant={until} timeZone={run.timeZone} />
                    </li>
                  ))}
                </ul>
              ),
            ],
            [
              t("volume"),
              rules.volume.length === 0 ? (
                t("noRules")
              ) : (
                <ul className="run-rules">
                  {rules.volume.map(({ fromPlaces, basisPoints }) => (
                    <li key={fromPlaces}>
                      {t("volumeFrom", {
                        percent: formatShare(basisPoints),
                        count: String(fromPlaces),
                      })}
                    </li>
                  ))}
                </ul>
              ),
            ],
            [
              t("regions"),
              regions.length === 0 ? (
                t("noRules")
              ) : (
                <ul className="run-rules">
                  {regions.map((region) => (
                    <li key={region.region}>
                      {countryName(region.region)}: {formatMoney(region)}
                    </li>
                  ))}
                </ul>
              ),
            ],
          ]}
        />
        {run.can.setPrices && price !== null ? (
          <PriceForm key={prices.version} run={run} prices={prices} price={price} />
        ) : null}
      </RecordSection>
      <RecordSection title={t("policy")}>
        {tiers.length === 0 ? (
          <p>{t("policyFree")}</p>
        ) : (
          <Facts
            facts={tiers.map(({ daysBefore, feeBasisPoints }) => [
              t("policyFrom", { days: daysBefore }),
              feeBasisPoints === 0
                ? t("policyFree")
                : t("policyFee", { percent: formatShare(feeBasisPoints) }),
            ])}
          />
        )}
      </RecordSection>
    </>
  );
}

async function loadShape() {
  return (await import("@lectern/contract/price-lists")).PricesSetInput;
}

interface PriceFormProps {
  readonly run: RunForStaff;
  readonly prices: RunPrices;
  readonly price: NonNullable<RunPrices["price"]>;
}

/** Changes the base price; rules and prices of countries stay. */
function PriceForm({ run, prices, price }: PriceFormProps) {
  const t = useTranslations("officeRun");
  const api = useApi();
  const undo = useUndo();
  const changed = useRunChanged(run.id);
  const units = minorUnits(price.currency);
  const { problems, formProps, sending } = useCallForm({
    loadShape,
    inputOf: (data) => {
      const amount = fieldNumber(data, "price.amount");
      return {
        ...prices,
        price: {
          ...price,
          ...(amount === undefined ? { amount } : { amount: Math.round(amount * units) }),
        },
      };
    },
    call: api.prices.set.mutationOptions(),
    onDone: () => {
      undo.say(t("priceSaved"));
      changed();
    },
  });
  return (
    <Form {...formProps}>
      <div className="run-fields">
        <TextField
          name="price.amount"
          type="number"
          min={0}
          label={t("amountIn", { currency: price.currency })}
          value={String(price.amount / units)}
          problems={problems}
        />
      </div>
      <CallFailure call={sending} />
      <p>
        <Button type="submit" variant="outline" isBusy={sending.isPending}>
          {t("priceSave")}
        </Button>
      </p>
    </Form>
  );
}
