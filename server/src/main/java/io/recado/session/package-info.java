/// People's sessions: how a browser calls the API without holding an API key.
///
/// Whoever signs in with a key gets a cookie that no script can read; until the session ends, the
/// cookie stands for the key, with its role, its channels and its rate, and for requests of the
/// console's own pages only. A session ends when it is signed out, is not used for
/// [io.recado.session.Session#IDLE], is older than [io.recado.session.Session#LONGEST], or when its
/// key expires or is revoked. Start with [io.recado.session.Sessions].
@NullMarked
package io.recado.session;

import org.jspecify.annotations.NullMarked;
