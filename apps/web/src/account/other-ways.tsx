import type { FactorKind } from "@lectern/contract/accounts";
import { useTranslations } from "use-intl";
import "./other-ways.css";

/** How somebody can show who they are. */
export type Way = FactorKind | "password";

interface OtherWaysProps<Each extends Way> {
  readonly ways: readonly Each[];
  readonly now: Each;
  readonly onChoose: (way: Each) => void;
}

/** The ways beside the one that is shown. */
export function OtherWays<Each extends Way>({ ways, now, onChoose }: OtherWaysProps<Each>) {
  const t = useTranslations("signIn");
  const others = ways.filter((way) => way !== now);
  function words(way: Way): string {
    return t(`way_${way}`);
  }
  if (others.length === 0) return null;
  return (
    <ul className="other-ways" aria-label={t("ways")}>
      {others.map((way) => (
        <li key={way}>
          <button type="button" onClick={() => onChoose(way)}>
            {words(way)}
          </button>
        </li>
      ))}
    </ul>
  );
}
