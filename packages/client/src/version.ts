/** The release of this package. A test holds it against package.json. */
export const CLIENT_VERSION = "0.1.0";
