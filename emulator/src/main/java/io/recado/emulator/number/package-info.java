/// A phone number and its account as Graph objects: fields, registration, subscriptions, the block
/// list.
///
/// Each class is a handful of edges that [io.recado.emulator.graph.GraphRoutes] calls after the
/// token was checked. Start reading at [NumberEdges].
@NullMarked
package io.recado.emulator.number;

import org.jspecify.annotations.NullMarked;
