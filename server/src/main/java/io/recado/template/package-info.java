/// Templates: content that the provider has approved beforehand, with variables.
///
/// `TemplateSync` keeps what the provider lists, `io.recado.template.Templates` holds it in memory,
/// and `io.recado.template.TemplateChoice` turns what a caller gives into content that the provider
/// will accept, or names every fault of it before anything is stored. Names of variables have two
/// spellings, ours (`orderNumber`) and the provider's (`order_number`); the map is made when a
/// template is synced and kept with it.
@NullMarked
package io.recado.template;

import org.jspecify.annotations.NullMarked;
