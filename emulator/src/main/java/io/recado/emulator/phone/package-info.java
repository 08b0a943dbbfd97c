/// The page that plays a customer's phone: it shows what a business sent as the person sees it, and
/// lets one write back.
///
/// [Phones] is told of everything that reaches or leaves a phone, [ChatJson] says how it looks
/// there, [PhoneRoutes] serves the page. Start reading at [Phones].
@NullMarked
package io.recado.emulator.phone;

import org.jspecify.annotations.NullMarked;
