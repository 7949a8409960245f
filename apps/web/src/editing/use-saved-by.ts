import { useTranslations } from "use-intl";

/** Who saved something, as the API tells it. */
export interface SavedBy {
  readonly kind: "public" | "operator" | "system" | "person" | "token";
  readonly name: string | null;
}

/** @returns a function that names who saved something */
export function useSavedBy(): (savedBy: SavedBy) => string {
  const t = useTranslations("officeEditing");
  return ({ kind, name }) => {
    if (kind !== "person") return t(`by_${kind}`);
    return name === null ? t("by_former") : t("by_person", { name });
  };
}
