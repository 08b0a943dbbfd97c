package io.recado.template;

import io.recado.connector.ProviderTemplate;
import io.recado.http.page.Filter;
import io.recado.http.page.Filter.And;
import io.recado.http.page.Filter.Compare;
import io.recado.http.page.Filter.Not;
import io.recado.http.page.Filter.Operator;
import io.recado.http.page.Filter.Or;
import io.recado.http.page.FilterFields;

/// Which templates a list's filter lets through. They are in memory, so nothing is compiled.
final class TemplateFilter {

  static final FilterFields FIELDS =
      new FilterFields().string("name").string("language").string("category").string("status");

  private TemplateFilter() {}

  static boolean matches(Filter filter, Template template) {
    return switch (filter) {
      case And and -> and.filters().stream().allMatch(part -> matches(part, template));
      case Or or -> or.filters().stream().anyMatch(part -> matches(part, template));
      case Not not -> !matches(not.filter(), template);
      case Compare compare ->
          isEqual(compare.field(), (String) compare.value(), template)
              == (compare.operator() == Operator.EQUAL);
    };
  }

  private static boolean isEqual(String field, String value, Template template) {
    ProviderTemplate definition = template.definition();
    return switch (field) {
      case "name" -> definition.name().equals(value);
      case "language" -> Language.isSame(definition.language(), value);
      case "category" -> definition.category().equals(value);
      case "status" -> definition.status().equals(value);
      default -> throw new IllegalArgumentException("not a field of templates: " + field);
    };
  }
}
