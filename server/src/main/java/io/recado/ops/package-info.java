/// How an operator sees the server: logs, metrics, health.
///
/// [io.recado.ops.Logging] is begun before anything else runs; [io.recado.ops.Metrics] is told what
/// happens through the observers of the other parts; [io.recado.ops.OpsRoutes] answers whoever
/// watches. Nothing imports this but the composition root.
@NullMarked
package io.recado.ops;

import org.jspecify.annotations.NullMarked;
