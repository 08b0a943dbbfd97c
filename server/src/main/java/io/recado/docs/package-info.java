/// What the server says about itself: `/openapi.yaml`, the same as `/openapi.json`, and the
/// reference page `/docs`.
///
/// Nothing of it is in memory before somebody asks for it. The page loads from this server alone
/// and runs under a content security policy without exceptions. Start with [DocsRoutes].
@NullMarked
package io.recado.docs;

import org.jspecify.annotations.NullMarked;
