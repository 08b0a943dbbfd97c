package io.recado.feed;

import io.recado.event.EventType;
import io.recado.journal.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An event as it is told.
///
/// @param position its place in the workspace's log, from 1 without gaps
/// @param id its public name
/// @param channel the channel's key; null when it concerns none
/// @param conversation the conversation's key; null when it concerns none
/// @param conversationSequence its place among the conversation's events; 0 when it concerns none
/// @param message the message that it is about; null when about none
/// @param json the whole event in UTF-8, the same bytes for whoever is told; not to be changed
public record ShownEvent(
    long position,
    String id,
    EventType type,
    Instant time,
    @Nullable Long channel,
    @Nullable Long conversation,
    long conversationSequence,
    @Nullable Id message,
    byte[] json) {}
