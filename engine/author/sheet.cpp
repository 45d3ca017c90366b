#include "engine/author/sheet.hpp"

#include <array>

#include "engine/author/mentions.hpp"

namespace heed::author {

namespace {

struct Row {
  std::string_view keyword;
  Kind kind;
  Space space;
};
/// What each keyword declares, in the order of the alternatives of ast::Declaration.
constexpr std::array rows = {
    Row{"policy", Kind::policy, Space::policies},
    Row{"parameter", Kind::parameter, Space::shared},
    Row{"fact", Kind::fact, Space::shared},
    Row{"need", Kind::need, Space::shared},
    Row{"role", Kind::role, Space::roles},
    Row{"phase", Kind::phase, Space::phases},
    Row{"action", Kind::action, Space::shared},
    Row{"answer", Kind::answer, Space::shared},
    Row{"score", Kind::score, Space::shared},
    Row{"define", Kind::define, Space::shared},
    Row{"phrases", Kind::phrases, Space::shared},
    Row{"script", Kind::script, Space::scripts},
    Row{"event", Kind::event, Space::shared},
    Row{"source", Kind::source, Space::payloads},
    Row{"table", Kind::table, Space::shared},
    Row{"rule", Kind::rule, Space::rules},
    Row{"calendar", Kind::calendar, Space::calendars},
    Row{"test", Kind::test, Space::tests},
    Row{"guarantee", Kind::guarantee, Space::guarantees},
    Row{"term", Kind::term, Space::terms},
};

template <class Form>
constexpr bool has_name = requires(Form form) {
  form.name;
};
template <class Form>
constexpr bool has_title = requires(Form form) {
  form.title;
};

ast::Name named(ast::Name const& name) {
  return name;
}
ast::Name named(ast::Text const& name) {
  return {name.value, name.span, true};
}
std::optional<ast::Name> named(std::optional<ast::Name> const& name) {
  return name;
}

}  // namespace

void collect_mentions(Sheet& sheet) {
  Walk walk{sheet};
  std::uint32_t index = 0;
  for (auto const& declaration : sheet.document.declarations)
    walk.declaration(declaration, index++);
}

Named named_by(std::string_view keyword) {
  for (auto const& row : rows)
    if (row.keyword == keyword) return {row.kind, row.space};
  return {Kind::keyword, Space::anywhere};
}

std::string_view word_of(Kind kind) {
  switch (kind) {
    case Kind::field:
      return "field";
    case Kind::value:
      return "value";
    case Kind::department:
      return "department";
    case Kind::keyword:
      return "word of the language";
    case Kind::text:
      return "text";
    default:
      break;
  }
  for (auto const& row : rows)
    if (row.kind == kind) return row.keyword;
  return "name";
}

Kind kind_of(ast::Declaration const& declaration) {
  return std::visit(overloaded{
                        [](ast::Policy const&) { return Kind::policy; },
                        [](ast::Parameter const&) { return Kind::parameter; },
                        [](ast::Fact const&) { return Kind::fact; },
                        [](ast::Need const&) { return Kind::need; },
                        [](ast::Role const&) { return Kind::role; },
                        [](ast::Phases const&) { return Kind::phase; },
                        [](ast::Action const&) { return Kind::action; },
                        [](ast::Answer const&) { return Kind::answer; },
                        [](ast::Score const&) { return Kind::score; },
                        [](ast::Define const&) { return Kind::define; },
                        [](ast::Phrases const&) { return Kind::phrases; },
                        [](ast::Script const&) { return Kind::script; },
                        [](ast::Event const&) { return Kind::event; },
                        [](ast::Source const&) { return Kind::source; },
                        [](ast::Table const&) { return Kind::table; },
                        [](ast::Rule const&) { return Kind::rule; },
                        [](ast::Authority const&) { return Kind::keyword; },
                        [](ast::Calendar const&) { return Kind::calendar; },
                        [](ast::Test const&) { return Kind::test; },
                        [](ast::Guarantee const&) { return Kind::guarantee; },
                        [](ast::Term const&) { return Kind::term; },
                        [](ast::Broken const& it) { return named_by(it.keyword).kind; },
                    },
                    declaration.form);
}

std::optional<ast::Name> name_of(ast::Declaration const& declaration) {
  return std::visit(
      [](auto const& it) -> std::optional<ast::Name> {
        if constexpr (has_name<std::decay_t<decltype(it)>>)
          return named(it.name);
        else
          return std::nullopt;  // phases and an authority
      },
      declaration.form);
}

ast::Texts const* title_of(ast::Declaration const& declaration) {
  return std::visit(
      [](auto const& it) -> ast::Texts const* {
        if constexpr (has_title<std::decay_t<decltype(it)>>)
          return &it.title;
        else
          return nullptr;
      },
      declaration.form);
}

}  // namespace heed::author
