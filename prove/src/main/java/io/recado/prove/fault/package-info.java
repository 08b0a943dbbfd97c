/// A network that breaks on purpose.
package io.recado.prove.fault;
