/// Web chat as the visitors of pages have it: sessions, history, sending, receipts, and a stream of
/// what is new, for the widget that stands in the page.
///
/// The way in is the same as for every network: what visitors write and report goes through the
/// callbacks' door, once and durable before the answer. The way out has no queue of its own: a
/// message that was handed over is in the conversation, and each browser goes on from the place up
/// to which it has everything. Whoever calls has no API key but a token that names a visitor of one
/// channel. Start with [io.recado.webchat.VisitorRoutes].
@NullMarked
package io.recado.webchat;

import org.jspecify.annotations.NullMarked;
