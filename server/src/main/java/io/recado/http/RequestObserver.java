package io.recado.http;

/// Is told of every answer, for metrics. Must be quick and must not throw.
@FunctionalInterface
public interface RequestObserver {

  /// One answer.
  ///
  /// @param route the route's template, or `unmatched`: never a path, so that there are few
  /// @param method one of the methods of HTTP, or `OTHER`
  /// @param nanos from the request's head being read to the answer being ready
  void answered(String route, String method, int status, long nanos);
}
