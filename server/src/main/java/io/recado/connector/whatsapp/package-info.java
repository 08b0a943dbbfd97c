/// WhatsApp by Meta's Cloud API: text and template messages out, messages and receipts in.
///
/// Start with [io.recado.connector.whatsapp.WhatsAppConnector]. What an error code means is data,
/// in [io.recado.connector.whatsapp.WhatsAppErrors].
@NullMarked
package io.recado.connector.whatsapp;

import org.jspecify.annotations.NullMarked;
