package io.recado.journal;

interface Write {}
