package io.recado.journal;

interface Dialect {}
