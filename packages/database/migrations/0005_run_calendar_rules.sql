-- Writes the calendar of these courses anew. One transaction at a time for each course: the row lock
-- is taken first, so that the statements after it see what whoever held it has committed.
CREATE FUNCTION lectern_refresh_run_calendar(courses uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM course WHERE id = ANY (courses) ORDER BY id FOR NO KEY UPDATE;
  DELETE FROM run_calendar WHERE course_id = ANY (courses);
  INSERT INTO run_calendar
    (course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency, starts)
  SELECT course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency,
    array_agg(starts_at ORDER BY starts_at)
  FROM course_run
  WHERE course_id = ANY (courses)
    AND visibility = 'public' AND status IN ('tentative', 'confirmed')
    -- What has begun is of no use; the day is for clocks that are set back.
    AND starts_at > clock_timestamp() - interval '1 day'
  GROUP BY course_id, venue_id, delivery_mode, language, time_zone, price_amount, price_currency;
END $$;--> statement-breakpoint

CREATE FUNCTION lectern_run_calendar_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  courses uuid[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    DELETE FROM run_calendar;
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    SELECT array_agg(DISTINCT course_id) INTO courses FROM new_rows;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT course_id) INTO courses FROM old_rows;
  ELSE
    SELECT array_agg(DISTINCT course_id) INTO courses FROM (
      SELECT o.course_id AS before, n.course_id AS after
      FROM old_rows o JOIN new_rows n USING (id)
      WHERE (o.course_id, o.venue_id, o.delivery_mode, o.language, o.time_zone, o.starts_at,
          o.price_amount, o.price_currency, o.visibility, o.status)
        IS DISTINCT FROM (n.course_id, n.venue_id, n.delivery_mode, n.language, n.time_zone,
          n.starts_at, n.price_amount, n.price_currency, n.visibility, n.status)
    ) AS changed, LATERAL (VALUES (before), (after)) AS either (course_id);
  END IF;
  IF courses IS NOT NULL THEN
    PERFORM lectern_refresh_run_calendar(courses);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint

CREATE TRIGGER course_run_calendar_insert AFTER INSERT ON "course_run"
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_run_calendar_follows();--> statement-breakpoint
CREATE TRIGGER course_run_calendar_update AFTER UPDATE ON "course_run"
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_run_calendar_follows();--> statement-breakpoint
CREATE TRIGGER course_run_calendar_delete AFTER DELETE ON "course_run"
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_run_calendar_follows();--> statement-breakpoint
CREATE TRIGGER course_run_calendar_truncate AFTER TRUNCATE ON "course_run"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_run_calendar_follows();--> statement-breakpoint

SELECT lectern_refresh_run_calendar(array_agg(id)) FROM course;--> statement-breakpoint

-- Courses with a word in their title that resembles one of these: "kuberntes" finds "Kubernetes".
-- A function, because the threshold of the indexable operator is a setting; 0.6, its default, misses
-- one wrong letter in a short word.
CREATE FUNCTION lectern_courses_resembling(words text[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
  SET pg_trgm.word_similarity_threshold = 0.5
  AS $$ SELECT id FROM course WHERE search_title %> ANY (words) $$;
