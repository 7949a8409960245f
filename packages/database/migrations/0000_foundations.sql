-- Extensions that any role allowed to create in the database may install ("trusted" since PostgreSQL 13).
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;--> statement-breakpoint
-- Letter case and accents folded, for search: "Ærfugl" and "aerfugl" meet. Declared immutable, which
-- generated columns need; it is as long as the dictionary public.unaccent is not edited.
CREATE FUNCTION lectern_fold(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));--> statement-breakpoint
-- array_to_string is only stable because of types other than text.
CREATE FUNCTION lectern_join(value text[]) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN array_to_string(value, ' ');
