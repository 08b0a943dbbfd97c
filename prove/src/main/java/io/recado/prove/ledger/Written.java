package io.recado.prove.ledger;

/// Something that a person wrote to the business.
///
/// @param id the provider's
/// @param text unique; empty when the item cannot be read as a text
public record Written(String id, String from, String text) {}
