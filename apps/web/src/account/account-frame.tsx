import type { Me } from "@lectern/contract/accounts";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { AccountWords } from "../messages/account-words.tsx";
import { AccountLinks } from "./account-links.tsx";
import { SignedIn } from "./signed-in.tsx";
import "./account-frame.css";

interface AccountFrameProps {
  /** Of the page, in the words of accounts. */
  readonly title: "profile" | "trainings" | "security" | "privacy";
  readonly isForSetUp?: boolean;
  readonly children: (me: Me) => ReactNode;
}

/** What stands around the pages of one's account. */
export function AccountFrame(props: AccountFrameProps) {
  return (
    <AccountWords>
      <SignedIn isForSetUp={props.isForSetUp === true}>
        {(me) => <Frame {...props} me={me} />}
      </SignedIn>
    </AccountWords>
  );
}

function Frame({ title, me, children }: AccountFrameProps & { me: Me }) {
  const t = useTranslations("account");
  return (
    <div className="page account">
      <header className="page-head">
        <h1>{t(title)}</h1>
        {me.mustSetUpSecondFactor ? null : <AccountPages />}
      </header>
      {children(me)}
    </div>
  );
}

/** The way from one page of one's account to the others. */
export function AccountPages() {
  const t = useTranslations("account");
  return (
    <nav aria-label={t("pages")}>
      <ul className="account-pages">
        <AccountLinks />
      </ul>
    </nav>
  );
}

interface AccountPartProps {
  readonly title: string;
  readonly words?: ReactNode;
  /** For links to it, and the name of its heading. */
  readonly id: string;
  readonly children: ReactNode;
}

/** A part of a page of one's account: its heading in the margin, and what it heads. */
export function AccountPart({ title, words, id, children }: AccountPartProps) {
  return (
    <section className="account-part" aria-labelledby={id}>
      <div className="account-part-head">
        <h2 id={id}>{title}</h2>
        {words === undefined ? null : <p>{words}</p>}
      </div>
      <div className="account-part-body">{children}</div>
    </section>
  );
}
