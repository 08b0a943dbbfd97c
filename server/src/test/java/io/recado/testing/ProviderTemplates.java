package io.recado.testing;

/// The templates that every account of a [TestChannel] has at the provider: one for each kind of
/// variable, one in two languages, one that is not approved.
final class ProviderTemplates {

  static final String JSON =
      """
      [{"name": "order_status_update", "language": "es", "category": "UTILITY",
        "status": "APPROVED", "parameter_format": "NAMED",
        "components": [
          {"type": "BODY", "text": "Tu pedido {{order_number}} está {{status}}.",
           "example": {"body_text_named_params": [
             {"param_name": "order_number", "example": "4012"},
             {"param_name": "status", "example": "en camino"}]}},
          {"type": "FOOTER", "text": "GoEvery"},
          {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Ver pedido"}]}]},
       {"name": "order_confirmed", "language": "en", "category": "UTILITY",
        "status": "APPROVED", "parameter_format": "POSITIONAL",
        "components": [
          {"type": "BODY", "text": "Hello {{1}}, your order {{2}} has been confirmed.",
           "example": {"body_text": [["Valentina", "4012"]]}}]},
       {"name": "shop_visit", "language": "en", "category": "MARKETING",
        "status": "APPROVED", "parameter_format": "POSITIONAL",
        "components": [
          {"type": "HEADER", "format": "TEXT", "text": "For {{1}}",
           "example": {"header_text": ["Valentina"]}},
          {"type": "BODY", "text": "See you at {{1}}.", "example": {"body_text": [["noon"]]}},
          {"type": "BUTTONS", "buttons": [
            {"type": "URL", "text": "Way", "url": "https://shop.example/{{1}}",
             "example": ["https://shop.example/1"]}]}]},
       {"name": "order_picture", "language": "es", "category": "UTILITY", "status": "APPROVED",
        "components": [
          {"type": "HEADER", "format": "IMAGE"},
          {"type": "BODY", "text": "Tu pedido."}]},
       {"name": "hello_world", "language": "en_US", "category": "UTILITY", "status": "APPROVED",
        "components": [{"type": "BODY", "text": "Welcome!"}]},
       {"name": "greeting", "language": "es", "category": "UTILITY", "status": "APPROVED",
        "components": [{"type": "BODY", "text": "Hola."}]},
       {"name": "greeting", "language": "en", "category": "UTILITY", "status": "APPROVED",
        "components": [{"type": "BODY", "text": "Hello."}]},
       {"name": "paused_offer", "language": "es", "category": "MARKETING", "status": "PAUSED",
        "components": [{"type": "BODY", "text": "Oferta."}]}]\
      """;

  private ProviderTemplates() {}
}
