import { changeEmailRoute } from "./account/change-email/route.ts";
import { checkMailRoute } from "./account/check-mail/route.ts";
import { deviceRoute } from "./account/device/route.ts";
import { firstAdministratorRoute } from "./account/first-administrator/route.ts";
import { forgottenPasswordRoute } from "./account/forgotten-password/route.ts";
import { invitationRoute } from "./account/invitation/route.ts";
import { openidRoute } from "./account/openid/route.ts";
import { myDataRoute } from "./account/my-data/route.ts";
import { profileRoute } from "./account/profile/route.ts";
import { resetPasswordRoute } from "./account/reset-password/route.ts";
import { securityRoute } from "./account/security/route.ts";
import { signInRoute } from "./account/sign-in/route.ts";
import { signUpRoute } from "./account/sign-up/route.ts";
import { trainingsRoute } from "./account/trainings/route.ts";
import { verifyRoute } from "./account/verify/route.ts";
import { approveRoute } from "./public/approve/route.ts";
import { articleRoute } from "./public/article/route.ts";
import { articlesRoute } from "./public/articles/route.ts";
import { bookedRoute } from "./public/booked/route.ts";
import { bookingRoute } from "./public/booking/route.ts";
import { catalogueRoute } from "./public/catalogue/route.ts";
import { claimRoute } from "./public/claim/route.ts";
import { contactRoute } from "./public/contact/route.ts";
import { courseRoute } from "./public/course/route.ts";
import { homeRoute } from "./public/home/route.ts";
import { privacyRoute } from "./public/privacy/route.ts";
import { upcomingRoute } from "./public/upcoming/route.ts";
import { waitlistRoute } from "./public/waitlist/route.ts";
import { rootRoute } from "./root.tsx";

/** Every page of the site. A route file says its address, its data and its head; its page loads apart. */
export const routeTree = rootRoute.addChildren([
  homeRoute,
  catalogueRoute,
  courseRoute,
  bookingRoute,
  bookedRoute,
  waitlistRoute,
  claimRoute,
  approveRoute,
  upcomingRoute,
  articlesRoute,
  articleRoute,
  contactRoute,
  privacyRoute,
  signInRoute,
  openidRoute,
  signUpRoute,
  checkMailRoute,
  verifyRoute,
  forgottenPasswordRoute,
  resetPasswordRoute,
  changeEmailRoute,
  invitationRoute,
  firstAdministratorRoute,
  deviceRoute,
  profileRoute,
  trainingsRoute,
  securityRoute,
  myDataRoute,
]);
