package io.recado.http;

final class HttpServer {}
