/// Plumbing of the API: requests, answers, errors, routes, pages and filters. Knows no feature.
///
/// A feature brings its routes as a [io.recado.http.RouteSource]; [io.recado.http.Router] finds the
/// one that a request asks for, [io.recado.http.HttpServer] connects it to the network. Whatever is
/// wrong with a request is thrown as an [io.recado.http.ApiError] and becomes an answer in one
/// place.
@NullMarked
package io.recado.http;

import org.jspecify.annotations.NullMarked;
