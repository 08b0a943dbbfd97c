-- Up to which position of the log the order of a workspace's inboxes is stored.

CREATE TABLE inbox_head (workspace_key BIGINT PRIMARY KEY, position BIGINT NOT NULL);
