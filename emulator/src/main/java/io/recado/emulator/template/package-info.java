/// Templates: kept per account, reviewed after a moment, and checked against every send.
///
/// [Template] is one row in Meta's sense (account, name, language). [TemplateShape] says which
/// parameters it takes; [TemplateParameters] holds a send against it and refuses with Meta's codes.
/// [TemplateRules] refuses on creation. Start reading at [Templates].
@NullMarked
package io.recado.emulator.template;

import org.jspecify.annotations.NullMarked;
