import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useApi } from "../../../data/api.ts";
import { courseInput } from "../../../data/inputs.ts";
import { PageWords } from "../../../messages/page-words.tsx";
import { ContactForm } from "./contact-form.tsx";
import { ContactSent } from "./contact-sent.tsx";
import "./page.css";

const route = getRouteApi("/contact");

export function ContactPage() {
  return (
    <PageWords>
      <Contact />
    </PageWords>
  );
}

function Contact() {
  const t = useTranslations("contact");
  const { kind, course: slug } = route.useSearch();
  const course = useQuery(
    useApi().courses.bySlug.queryOptions(courseInput(slug ?? ""), { enabled: slug !== undefined }),
  ).data;
  const [sentTo, setSentTo] = useState<string>();
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t("heading")}</h1>
        <p className="page-head-lede">{t("lede")}</p>
      </header>
      <div className="contact">
        <div>
          {course === undefined ? null : (
            <p className="contact-about">{t("about", { course: course.title })}</p>
          )}
          {sentTo === undefined ? (
            <ContactForm
              kind={kind ?? "contact"}
              {...(course && { course: course.slug })}
              onSent={setSentTo}
            />
          ) : (
            <ContactSent email={sentTo} />
          )}
        </div>
        <aside className="contact-side" aria-labelledby="contact-side">
          <h2 id="contact-side">{t("sideTitle")}</h2>
          <ul>
            <li>{t("side1")}</li>
            <li>{t("side2")}</li>
            <li>{t("side3")}</li>
            <li>{t("side4")}</li>
          </ul>
        </aside>
      </div>
    </div>
  );
}
