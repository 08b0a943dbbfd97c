package io.recado.http;

/// A feature's routes.
public interface RouteSource {

  /// Adds this feature's routes; called once, at start.
  void addTo(Routes routes);
}
