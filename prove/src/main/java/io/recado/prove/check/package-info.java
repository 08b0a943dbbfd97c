/// Compares ledgers with what the server says. Values in, findings out: no I/O.
package io.recado.prove.check;
