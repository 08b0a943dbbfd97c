-- Of the network calls that a content needs, the first that is not known to be made.
ALTER TABLE outbox ADD COLUMN piece INTEGER NOT NULL DEFAULT 0;

-- How many network calls the content needs, once an attempt has found out.
ALTER TABLE message ADD COLUMN pieces INTEGER NOT NULL DEFAULT 1;
