/// What happened, hour by hour: how many messages took each step, why some failed, and how long the
/// steps took.
///
/// Nothing of it is on the way of a message. [io.recado.statistics.Statistics] reads the event log
/// behind its writers, about once a second, and adds up what it has read; the counts and how far it
/// has read are one transaction, so that no event is counted twice or left out, whatever happens in
/// between.
@NullMarked
package io.recado.statistics;

import org.jspecify.annotations.NullMarked;
