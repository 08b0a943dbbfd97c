package io.recado.browser.stage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A journey. Where there is no Chromium it is skipped with a notice, or fails when
/// `-Drecado.required=chromium` says that there must be one.
///
/// Gives each test as many [Visitor]s as it has parameters for, each with a browser of its own; the
/// sandbox is one for all tests of a class.
///
/// A test fails also when a page reported an error that nobody awaited. Of one that fails,
/// `target/failures` keeps what was to be seen and what the browser's console held.
@ExtendWith(Stage.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface OnStage {}
