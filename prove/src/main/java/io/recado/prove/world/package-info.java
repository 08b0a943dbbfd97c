/// The server's process, its database, its provider, its clients.
package io.recado.prove.world;
