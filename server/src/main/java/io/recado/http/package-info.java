/// The way of a request to its handler and back, without a socket. Knows no feature.
///
/// A feature brings its routes as a [io.recado.http.RouteSource]; [io.recado.http.Router] finds the
/// one that a request asks for. Whatever is wrong with a request is thrown as an
/// [io.recado.http.request.ApiError] and becomes an answer in one place.
@NullMarked
package io.recado.http;

import org.jspecify.annotations.NullMarked;
