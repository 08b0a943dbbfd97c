/// Lists: pages by keyset, their tokens, and filters.
@NullMarked
package io.recado.http.page;

import org.jspecify.annotations.NullMarked;
