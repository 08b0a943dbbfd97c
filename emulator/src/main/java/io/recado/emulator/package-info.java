/// A WhatsApp Cloud API to test against.
package io.recado.emulator;
