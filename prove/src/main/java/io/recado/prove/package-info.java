/// The oracle: runs a real server as a process of its own, does to it what the world does, and
/// compares what it says in the end with ledgers that were kept outside of it.
///
/// Uses the server's public API, its command line and its data folder, and none of its classes.
package io.recado.prove;
