/// What a handler takes and gives: requests with their fields and keys, answers, errors.
@NullMarked
package io.recado.http.request;

import org.jspecify.annotations.NullMarked;
