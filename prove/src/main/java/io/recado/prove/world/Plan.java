package io.recado.prove.world;

import java.nio.file.Path;

/// What a world is made of.
///
/// @param behaviour of the provider, as `PUT /_emulator/behaviour` takes it
/// @param inDoubt of the channels, in turn, as the API takes it
/// @param work folder for logs and, on SQLite, data; what is in it is kept
public record Plan(
    Launch launch,
    Database.Engine engine,
    Path work,
    Load load,
    String behaviour,
    java.util.List<String> inDoubt,
    long seed) {}
