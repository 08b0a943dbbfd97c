-- What a message carried before its fallback was sent instead: its earlier events tell of that. Up to which of the
-- conversation's events.
ALTER TABLE message ADD COLUMN first_content_type TEXT;
ALTER TABLE message ADD COLUMN first_content TEXT;
ALTER TABLE message ADD COLUMN first_content_until INTEGER;
