import type { EnquiryDetail } from "@lectern/contract/enquiries";
import { useTranslations } from "use-intl";

/** @returns the address that begins a mail to whoever asked, about what they asked */
export function useReply({ email, course }: Pick<EnquiryDetail, "email" | "course">): string {
  const t = useTranslations("officeEnquiries");
  const subject = course === null ? t("replySubject") : t("replyAbout", { about: course.title });
  // What stands before the question mark is an address, and could hold one itself.
  const address = encodeURIComponent(email).replace("%40", "@");
  return `mailto:${address}?subject=${encodeURIComponent(subject)}`;
}

/** @returns the address that calls a number as somebody wrote it; `undefined` for what is none */
export function callTo(phone: string): string | undefined {
  const number = phone.replaceAll(/[^\d+]/gu, "");
  return /^\+?\d{3,}$/u.test(number) ? `tel:${number}` : undefined;
}
