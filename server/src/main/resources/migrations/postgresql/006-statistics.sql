-- What happened, hour by hour: how often each thing was counted of a channel, or of all (channel_key 0), and up to which
-- position of the log. The label is a failure's reason, or the lower bound of a latency's bucket in milliseconds.

CREATE TABLE statistic_head (workspace_key BIGINT PRIMARY KEY, position BIGINT NOT NULL);

CREATE TABLE statistic (
  workspace_key BIGINT NOT NULL,
  channel_key BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  measure TEXT NOT NULL,
  label TEXT NOT NULL,
  count BIGINT NOT NULL,
  PRIMARY KEY (workspace_key, channel_key, hour, measure, label));
CREATE INDEX statistic_by_hour ON statistic (workspace_key, hour);
