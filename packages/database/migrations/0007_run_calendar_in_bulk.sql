-- Plans for the courses at hand: a single one goes by index, thousands at once (a load by COPY) by one
-- pass over the runs. A plan for any array, which these connections would make, is slow for the latter.
CREATE OR REPLACE FUNCTION lectern_refresh_run_calendar(courses uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM course WHERE id = ANY (courses) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM run_calendar WHERE course_id = ANY (courses);
  -- EXECUTE plans anew each time, with the array known.
  EXECUTE $statement$
    INSERT INTO run_calendar
      (course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency, starts)
    SELECT course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency,
      array_agg(starts_at ORDER BY starts_at)
    FROM course_run
    WHERE course_id = ANY ($1)
      AND visibility = 'public' AND status IN ('tentative', 'confirmed')
      -- What has begun is of no use; the day is for clocks that are set back.
      AND starts_at > clock_timestamp() - interval '1 day'
    GROUP BY course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency
  $statement$ USING courses;
END $$;
