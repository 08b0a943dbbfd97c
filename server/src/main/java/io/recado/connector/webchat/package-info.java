/// Web chat: a channel to the visitors of web pages, which needs no provider.
///
/// What is sent to a visitor is handed over by being stored: the visitor's queue is the
/// conversation itself, which `io.recado.webchat` shows to the widget in the page. So a send calls
/// nobody, cannot fail half-way, and may be repeated without harm.
@NullMarked
package io.recado.connector.webchat;

import org.jspecify.annotations.NullMarked;
