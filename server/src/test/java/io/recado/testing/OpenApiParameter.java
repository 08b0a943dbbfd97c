package io.recado.testing;

import tools.jackson.databind.JsonNode;

/// A parameter of an operation.
///
/// @param in `path`, `query` or `header`
/// @param schema of one value, as the text that goes over the wire
public record OpenApiParameter(
    String name, String in, boolean required, JsonNode schema, JsonNode node) {}
