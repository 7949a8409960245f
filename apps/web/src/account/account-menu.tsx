import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTranslations } from "use-intl";
import { useOpened } from "../components/use-opened.ts";
import { AccountWords } from "../messages/account-words.tsx";
import { language } from "../language/language.ts";
import { pathIn } from "../language/addresses.ts";
import { isStaff } from "../office/may.ts";
import { AccountLinks } from "./account-links.tsx";
import { useAccountWords } from "./use-account-words.ts";
import { useMe } from "./use-me.ts";
import { useSignOut } from "./use-sign-out.ts";
import "./account-menu.css";

/** Who is signed in, and what they can go to from every page. */
export function AccountMenu() {
  return (
    <AccountWords>
      <Menu />
    </AccountWords>
  );
}

function Menu() {
  const t = useTranslations("account");
  const { data, isError } = useMe();
  const { isOpen, setIsOpen, element, button } = useOpened();
  const id = useId();
  const signingOut = useSignOut();
  const words = useAccountWords();

  if (isError) {
    return (
      <Link to="/account" className="account-entry-way">
        {t("profile")}
      </Link>
    );
  }
  if (data?.me == null) return null;
  const { name, email } = data.me;
  return (
    <div ref={element} className="account-menu">
      <button
        ref={button}
        type="button"
        className="account-menu-name"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span className="visually-hidden">{t("menu")}</span> <span>{name}</span>
      </button>
      <div id={id} className="account-menu-open" hidden={!isOpen}>
        <p className="account-menu-who">
          {t("signedInAs")} <span>{email}</span>
        </p>
        <ul onClick={() => setIsOpen(false)}>
          {isStaff(data.me) ? (
            <li>
              {/* It stands apart from the site: a browser begins anew there. */}
              <a href={pathIn(language(), "/office")}>{t("office")}</a>
            </li>
          ) : null}
          <AccountLinks />
        </ul>
        <button
          type="button"
          className="account-menu-out"
          aria-disabled={signingOut.isPending || undefined}
          onClick={signingOut.signOut}
        >
          {t("signOut")}
        </button>
        {signingOut.failure === null ? null : <p role="alert">{words(signingOut.failure.error)}</p>}
      </div>
    </div>
  );
}
