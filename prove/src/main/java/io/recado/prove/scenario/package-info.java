/// What is done to the server.
package io.recado.prove.scenario;
