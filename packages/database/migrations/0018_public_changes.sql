-- What everybody may see is kept in the memory of each instance, which has to hear when it changes: by whoever it is changed. These
-- tables change seldom; a booking writes to none of them, so that no booking's commit waits for a notice
-- (docs/decisions/notices-after-commit.md).
CREATE FUNCTION lectern_public_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Told once a transaction, however often it is said.
  IF EXISTS (SELECT FROM changed) THEN PERFORM pg_notify('lectern_public_changed', ''); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE
  of_table text;
BEGIN
  FOREACH of_table IN ARRAY ARRAY[
    'topic', 'course', 'course_topic', 'course_related', 'course_translation', 'article',
    'venue', 'room', 'instructor', 'course_run', 'session', 'session_instructor', 'run_price'
  ] LOOP
    EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION lectern_public_changed()', of_table || '_public_added', of_table);
    EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION lectern_public_changed()', of_table || '_public_changed', of_table);
    EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION lectern_public_changed()', of_table || '_public_removed', of_table);
  END LOOP;
END $$;
