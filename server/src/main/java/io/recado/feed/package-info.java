/// Events as the API shows them: the list, the stream of server-sent events, and what webhooks
/// read.
///
/// Everything that tells somebody outside what happened reads here, so that all tell the same to
/// the byte. [io.recado.feed.EventFeed] reads the log and shows it; [io.recado.feed.LogWatch] wakes
/// those who wait for its end to move. Whoever keeps the position of the last event that it has
/// seen misses none and sees none twice.
@NullMarked
package io.recado.feed;

import org.jspecify.annotations.NullMarked;
