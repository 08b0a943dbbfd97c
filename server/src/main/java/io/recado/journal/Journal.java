package io.recado.journal;

final class Journal {}
