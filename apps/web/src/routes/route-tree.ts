import { checkMailRoute } from "./account/check-mail/route.ts";
import { forgottenPasswordRoute } from "./account/forgotten-password/route.ts";
import { myDataRoute } from "./account/my-data/route.ts";
import { profileRoute } from "./account/profile/route.ts";
import { securityRoute } from "./account/security/route.ts";
import { signInRoute } from "./account/sign-in/route.ts";
import { signUpRoute } from "./account/sign-up/route.ts";
import { trainingsRoute } from "./account/trainings/route.ts";
import { articleRoute } from "./public/article/route.ts";
import { articlesRoute } from "./public/articles/route.ts";
import { bookedRoute } from "./public/booked/route.ts";
import { bookingRoute } from "./public/booking/route.ts";
import { catalogueRoute } from "./public/catalogue/route.ts";
import { contactRoute } from "./public/contact/route.ts";
import { courseRoute } from "./public/course/route.ts";
import { homeRoute } from "./public/home/route.ts";
import { privacyRoute } from "./public/privacy/route.ts";
import { upcomingRoute } from "./public/upcoming/route.ts";
import { waitlistRoute } from "./public/waitlist/route.ts";
import { rootRoute } from "./root.tsx";

/**
 * The pages that one gets to from the first page on. A route file says its address, its data and its head; its page
 * loads apart. What is opened by a link in a mail, and the back office, stand in `whole-tree.ts`.
 */
export const siteRoutes = [
  homeRoute,
  catalogueRoute,
  courseRoute,
  bookingRoute,
  bookedRoute,
  waitlistRoute,
  upcomingRoute,
  articlesRoute,
  articleRoute,
  contactRoute,
  privacyRoute,
  signInRoute,
  signUpRoute,
  checkMailRoute,
  forgottenPasswordRoute,
  profileRoute,
  trainingsRoute,
  securityRoute,
  myDataRoute,
] as const;

export const routeTree = rootRoute.addChildren(siteRoutes);
