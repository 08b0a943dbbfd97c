/// What the journeys play on: a sandbox, a browser, and a visitor who looks at its pages.
///
/// A test takes a [Visitor] as parameter and is marked [OnStage].
package io.recado.browser.stage;
