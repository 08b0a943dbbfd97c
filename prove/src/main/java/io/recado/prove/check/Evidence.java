package io.recado.prove.check;

import io.recado.prove.ledger.ClientCall;
import io.recado.prove.ledger.ProviderCall;
import io.recado.prove.ledger.Written;
import java.util.List;
import java.util.Map;

/// Everything that was seen in a run.
///
/// @param calls of all clients
/// @param provider what reached the provider, in order of arrival
/// @param written by people
/// @param listed by the API, oldest first, by the clients' name of the conversation
/// @param inbox the conversations of each channel in the order of its list, by the same names
/// @param told of what happened, in the log and to receivers of webhooks
/// @param complaints of the database and about the log
public record Evidence(
    List<ClientCall> calls,
    List<ProviderCall> provider,
    List<Written> written,
    Map<String, List<Listed>> listed,
    List<List<String>> inbox,
    Told told,
    Complaints complaints) {}
