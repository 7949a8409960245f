import { Link, useLocation, useRouter } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { ColourChoice } from "../components/colour-choice.tsx";
import { LanguageChoice } from "../components/language-choice.tsx";
import { useOpened } from "../components/use-opened.ts";
import { may } from "./may.ts";
import { OfficeIcon } from "./office-icon.tsx";
import { OfficeLink } from "./office-link.tsx";
import { useOfficeMe } from "./office-me.ts";
import { OFFICE_PAGES, type OfficePageEntry, officePageAt } from "./pages.ts";
import { ShowShortcuts } from "./shortcut-help.tsx";
import { useShortcut } from "./use-shortcut.ts";
import "./office-navigation.css";

/** @returns the pages that there are and that who is signed in may see */
export function useOfficePages(): readonly OfficePageEntry[] {
  const me = useOfficeMe();
  const routes: object = useRouter().routesByPath;
  return OFFICE_PAGES.filter(
    ({ address, needs }) => Object.hasOwn(routes, address) && may(me, needs),
  );
}

/** The pages: beside their content on wide screens, behind a button on narrow ones. */
export function OfficeNavigation() {
  const t = useTranslations("office");
  const pages = useOfficePages();
  const { isOpen, setIsOpen, element, button } = useOpened();
  const id = useId();
  return (
    <div ref={element} className="office-navigation">
      <button
        ref={button}
        type="button"
        className="office-navigation-button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <OfficeIcon name={isOpen ? "close" : "menu"} />
        <span>{isOpen ? t("closeMenu") : t("menu")}</span>
      </button>
      <div id={id} className="office-navigation-side" data-open={isOpen}>
        <nav aria-label={t("pages")}>
          <ul className="office-navigation-pages" onClick={() => setIsOpen(false)}>
            {pages.map((page) => (
              <OnePage key={page.address} page={page} />
            ))}
          </ul>
        </nav>
        <footer className="office-navigation-foot">
          <Link to="/">{t("toSite")}</Link>
          <ShowShortcuts />
          <div className="office-navigation-languages">
            <LanguageChoice />
          </div>
          <ColourChoice />
        </footer>
      </div>
    </div>
  );
}

function OnePage({ page }: { page: OfficePageEntry }) {
  const { address, words, icon, key } = page;
  const t = useTranslations("office");
  const router = useRouter();
  const isCurrent = useLocation({ select: ({ pathname }) => officePageAt(pathname) === page });
  useShortcut(`g ${key}`, t("goTo", { page: t(words) }), {
    isEverywhere: true,
    run: () => void router.navigate({ href: address }),
  });
  return (
    <li>
      <OfficeLink href={address} isCurrent={isCurrent}>
        <OfficeIcon name={icon} />
        {t(words)}
      </OfficeLink>
    </li>
  );
}
