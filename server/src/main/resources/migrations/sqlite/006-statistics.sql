-- What happened, hour by hour: how often each thing was counted of a channel, or of all (channel_key 0), and up to which
-- position of the log. The label is a failure's reason, or the lower bound of a latency's bucket in milliseconds.

CREATE TABLE statistic_head (workspace_key INTEGER PRIMARY KEY, position INTEGER NOT NULL);

CREATE TABLE statistic (
  workspace_key INTEGER NOT NULL,
  channel_key INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  measure TEXT NOT NULL,
  label TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (workspace_key, channel_key, hour, measure, label)) WITHOUT ROWID;
CREATE INDEX statistic_by_hour ON statistic (workspace_key, hour);
