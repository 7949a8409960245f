import type { ArticleState } from "@lectern/contract/articles";
import { useTranslations } from "use-intl";
import { StateBadge, type Tone } from "../../../office/state-badge.tsx";

const TONES: Readonly<Record<ArticleState, Tone>> = {
  draft: "neutral",
  scheduled: "waiting",
  published: "good",
  retired: "over",
};

/** How far an article has come. */
export function ArticleBadge({ state }: { state: ArticleState }) {
  const t = useTranslations("officeArticles");
  return <StateBadge tone={TONES[state]}>{t(`state_${state}`)}</StateBadge>;
}
