package io.recado.http;

final class Router {}
