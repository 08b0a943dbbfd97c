/// Calls to addresses that customers give us, which must never reach what is not public.
///
/// A customer's URL is checked twice: when it is registered, by
/// [io.recado.webhook.guard.AddressGuard], and each time it is called, by
/// [io.recado.webhook.guard.CustomerHttp], on the address that is really dialled. The second check
/// is the one that protects: a name may answer otherwise tomorrow. So a name is looked up once for
/// a connection, every address of the answer is judged, and the socket judges again the one that it
/// is told to connect to; addresses that stand in the URL itself come to the socket alone.
///
/// Imports no feature, so that every feature that calls customers can use it.
@NullMarked
package io.recado.webhook.guard;

import org.jspecify.annotations.NullMarked;
