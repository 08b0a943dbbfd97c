package io.recado.webhook.delivery;

import io.recado.feed.ShownEvent;
import io.recado.webhook.cursor.Command;

/// What came of telling an event once.
record Told(Command.Record record, ShownEvent event) {}
