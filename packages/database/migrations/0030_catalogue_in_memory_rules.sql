-- What has changed of all that the catalogue is narrowed by, told to whoever keeps it in memory: a row is as visible as the change, as
-- one transaction writes both. A row for each course up to a hundred a statement; above that, one for all.
CREATE FUNCTION lectern_catalogue_changed(courses uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(courses) > 100 THEN
    INSERT INTO catalogue_change (course_id) VALUES (NULL);
  ELSE
    INSERT INTO catalogue_change (course_id) SELECT unnest(courses);
  END IF;
END $$;--> statement-breakpoint

-- Arguments: the column of the changed rows that names their course; none where any course may be meant.
CREATE FUNCTION lectern_catalogue_changed_rows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  courses uuid[];
BEGIN
  IF NOT EXISTS (SELECT FROM changed) THEN
    RETURN NULL;
  ELSIF TG_NARGS = 0 THEN
    INSERT INTO catalogue_change (course_id) VALUES (NULL);
    RETURN NULL;
  END IF;
  EXECUTE format('SELECT array_agg(DISTINCT %I) FROM changed', TG_ARGV[0]) INTO courses;
  PERFORM lectern_catalogue_changed(courses);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION lectern_catalogue_changed_everywhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalogue_change (course_id) VALUES (NULL);
  RETURN NULL;
END $$;--> statement-breakpoint

CREATE TRIGGER run_calendar_in_memory_added AFTER INSERT ON "run_calendar" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('course_id');--> statement-breakpoint
CREATE TRIGGER run_calendar_in_memory_removed AFTER DELETE ON "run_calendar" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('course_id');--> statement-breakpoint
CREATE TRIGGER course_topic_in_memory_added AFTER INSERT ON "course_topic" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('course_id');--> statement-breakpoint
CREATE TRIGGER course_topic_in_memory_changed AFTER UPDATE ON "course_topic" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows();--> statement-breakpoint
CREATE TRIGGER course_topic_in_memory_removed AFTER DELETE ON "course_topic" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('course_id');--> statement-breakpoint
CREATE TRIGGER course_in_memory_added AFTER INSERT ON "course" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('id');--> statement-breakpoint
CREATE TRIGGER course_in_memory_removed AFTER DELETE ON "course" REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_rows('id');--> statement-breakpoint

-- Texts are edited more often than what a course is narrowed by.
CREATE FUNCTION lectern_catalogue_changed_courses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  courses uuid[];
BEGIN
  SELECT array_agg(n.id) INTO courses FROM old_rows AS o JOIN new_rows AS n USING (id)
  WHERE (o.status, o.level, o.languages, o.delivery_modes)
    IS DISTINCT FROM (n.status, n.level, n.languages, n.delivery_modes);
  IF courses IS NOT NULL THEN PERFORM lectern_catalogue_changed(courses); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_in_memory_changed AFTER UPDATE ON "course" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_courses();--> statement-breakpoint
CREATE TRIGGER topic_in_memory_changed AFTER UPDATE OF "slug", "name" ON "topic"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_everywhere();--> statement-breakpoint
CREATE TRIGGER venue_in_memory_changed AFTER UPDATE OF "country", "city" ON "venue"
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_catalogue_changed_everywhere();--> statement-breakpoint

-- The words of titles and codes of published courses. In one order, so that two transactions never wait for each other.
CREATE FUNCTION lectern_keep_course_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO course_word (word)
  SELECT DISTINCT word COLLATE "C" FROM changed, unnest(string_to_array(search_words, ' ')) AS each (word)
  WHERE status = 'published' AND length(word) BETWEEN 3 AND 100
    AND NOT EXISTS (SELECT FROM course_word AS known WHERE known.word = each.word)
  ORDER BY 1
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_words_added AFTER INSERT ON "course" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_keep_course_words();--> statement-breakpoint
CREATE TRIGGER course_words_changed AFTER UPDATE ON "course" REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION lectern_keep_course_words();--> statement-breakpoint

INSERT INTO course_word (word)
SELECT DISTINCT word FROM course, unnest(string_to_array(search_words, ' ')) AS word
WHERE status = 'published' AND length(word) BETWEEN 3 AND 100;--> statement-breakpoint

-- Words of titles that resemble one: "kuberntes" finds "kubernetes". A function, because the threshold of the indexable
-- operator is a setting; 0.6, its default, misses one wrong letter in a short word.
CREATE FUNCTION lectern_words_resembling(typed text, OUT word text, OUT likeness real) RETURNS SETOF record
  LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
  SET pg_trgm.word_similarity_threshold = 0.5
  AS $$ SELECT course_word.word, word_similarity(typed, course_word.word) FROM course_word WHERE course_word.word %> typed $$;--> statement-breakpoint
DROP FUNCTION lectern_courses_resembling(text[]);
