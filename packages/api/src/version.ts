/** The release of the API, as it answers in `system.info`. */
export const API_VERSION = "0.1.0";
