-- Scheduling, priorities, the operator's way out, and messages listed across a channel's conversations.

ALTER TABLE message ADD COLUMN send_time BIGINT;
ALTER TABLE message ADD COLUMN resend_of BYTEA;
CREATE INDEX message_by_channel ON message (channel_key, id);
CREATE INDEX message_failed ON message (channel_key, id) WHERE status = 'FAILED';

-- 0 is HIGH, 1 is BULK.
ALTER TABLE outbox ADD COLUMN priority SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_scheduled ON outbox (due_time) WHERE state = 'SCHEDULED';
