package io.recado.dispatch;

/// Carries out what the dispatcher decides.
public final class Dispatch {}
