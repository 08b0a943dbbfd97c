package io.recado.http.request;

/// One fault of a request.
///
/// @param field the path in the request, such as `template.parameters.orderNumber` or `pageSize`
/// @param reason such as `REQUIRED`; see docs/errors.md
/// @param description what to change, one sentence
public record Violation(String field, String reason, String description) {}
