import { Link, useLocation } from "@tanstack/react-router";
import { useTranslations } from "use-intl";
import { pathHere } from "../language/addresses.ts";
import { organisationsOf } from "../organisation/organisation-role.ts";
import { useMe } from "./use-me.ts";

/** The pages of one's account, as the items of a list. */
export function AccountLinks() {
  const t = useTranslations("account");
  const { data } = useMe();
  const isAtCompany = useLocation({
    select: ({ pathname }) => pathname.startsWith("/account/organisation"),
  });
  const [company, ...others] = data?.me == null ? [] : organisationsOf(data.me);
  return (
    <>
      <li>
        <Link to="/account" activeOptions={{ exact: true }}>
          {t("profile")}
        </Link>
      </li>
      <li>
        <Link to="/account/trainings">{t("trainings")}</Link>
      </li>
      {company === undefined ? null : (
        <li>
          {/* It is not among the pages that the first one brings along. */}
          <a
            aria-current={isAtCompany ? "page" : undefined}
            href={pathHere(
              others.length > 0 ? "/account/organisation" : `/account/organisation/${company.id}`,
            )}
          >
            {t("company", { count: others.length + 1 })}
          </a>
        </li>
      )}
      <li>
        <Link to="/account/security">{t("security")}</Link>
      </li>
      <li>
        <Link to="/account/privacy">{t("privacy")}</Link>
      </li>
    </>
  );
}
