/// The SPI of connectors: how a kind of channel speaks to its messaging network.
///
/// A connector is an island: its folder below this one imports this package, [io.recado.json], the
/// HTTP client behind [io.recado.connector.ProviderHttp], and nothing else of ours. The core
/// decides when a message is sent, how often it is tried and what becomes of its status; a
/// connector makes one network call and says what came of it, as a
/// [io.recado.connector.SendOutcome].
///
/// Start with [io.recado.connector.Connector]; `connector.whatsapp` is the example.
@NullMarked
package io.recado.connector;

import org.jspecify.annotations.NullMarked;
