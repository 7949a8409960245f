/** Coming back from the provider of one's company. */
export const openid = {
  failedHeading: "That did not work",
  failedWords:
    "Signing in there did not work. Try again, or ask whoever looks after your account there.",
  refusedWords: "The other side did not let you in, or you went back.",
  overWords: "That took too long, or was done already. Please begin again.",
  back: "To the sign-in",
  linkHeading: "Is this account yours, too?",
  linkLede:
    "There is an account for {email} here already. Show that it is yours, and from then on {name} signs you in to it.",
  link: "Connect them",
  linking: "Connecting …",
  linkOther: "Sign in to it as you always do, and {name} is connected.",
  wrongPassword: "This is not the password of that account.",
} as const;
