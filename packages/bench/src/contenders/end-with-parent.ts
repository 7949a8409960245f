/** Loaded before a contender's server: ends it when the benchmark is gone, however that ended. */
process.once("disconnect", () => {
  process.exit();
});
// Listening alone is no reason to stay.
process.channel?.unref();
