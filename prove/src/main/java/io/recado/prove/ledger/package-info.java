/// What those outside of the server saw and did: clients, provider, people. Append-only.
package io.recado.prove.ledger;
