ALTER TABLE "identity_provider" ADD COLUMN "acr_values" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_provider" ADD COLUMN "amr_values" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "identity_provider" ADD COLUMN "max_age_seconds" integer;