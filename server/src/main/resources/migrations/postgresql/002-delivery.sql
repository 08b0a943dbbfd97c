-- Scheduling, priorities, the operator's way out, and messages listed across a channel's conversations.

ALTER TABLE message ADD COLUMN send_time BIGINT;
ALTER TABLE message ADD COLUMN resend_of BYTEA;
CREATE INDEX message_by_channel ON message (channel_key, id);
CREATE INDEX message_failed ON message (channel_key, id) WHERE status = 'FAILED';

-- 0 is HIGH, 1 is BULK.
ALTER TABLE outbox ADD COLUMN priority SMALLINT NOT NULL DEFAULT 0;
CREATE INDEX outbox_scheduled ON outbox (due_time) WHERE state = 'SCHEDULED';

-- What waits for something else than its turn: few rows, to be found among many.
CREATE INDEX outbox_aside ON outbox (channel_key, state, message_id)
  WHERE state IN ('SCHEDULED', 'IN_DOUBT', 'HELD');

-- For the timeline of a message: who did something about it.
CREATE INDEX audit_entry_by_resource ON audit_entry (workspace_key, resource, id);
