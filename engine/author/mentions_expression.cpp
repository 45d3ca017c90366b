#include "engine/author/mentions.hpp"
#include "engine/language/characters.hpp"

namespace heed::author {

namespace {

/// What has the type of the expression, as far as its form says.
Typed typed_by(ast::ExpressionPtr const& it, std::uint32_t scope) {
  if (!it) return {};
  if (auto const* name = std::get_if<ast::Reference>(&it->form))
    return name->quoted ? Typed{} : Typed{name->name, scope};
  if (auto const* choice = std::get_if<ast::Conditional>(&it->form))
    return typed_by(choice->value, scope);
  return {};
}

/// Forms that name nothing.
struct Nameless {
  void operator()(ast::NumberLiteral const&) const {}
  void operator()(ast::MoneyLiteral const&) const {}
  void operator()(ast::DateLiteral const&) const {}
  void operator()(ast::TimeLiteral const&) const {}
  void operator()(ast::TruthLiteral const&) const {}
  void operator()(ast::NoneLiteral const&) const {}
  void operator()(ast::Now const&) const {}
  void operator()(ast::Today const&) const {}
  void operator()(ast::AnyNeed const&) const {}
  void operator()(ast::CountNeeds const&) const {}
};

}  // namespace

std::uint32_t Walk::open(std::string list, std::string item) {
  sheet_.scopes.push_back({std::move(list), std::move(item), scope_});
  return static_cast<std::uint32_t>(sheet_.scopes.size());
}

void Walk::within(ast::Name const& list, std::string item, ast::ExpressionPtr const& where) {
  mention(list, Space::shared);
  if (!where) return;
  auto const outer = scope_;
  scope_ = open(list.text, std::move(item));
  expression(where);
  scope_ = outer;
}

void Walk::sides(ast::ExpressionPtr const& left, ast::ExpressionPtr const& right) {
  expression(left, typed_by(right, scope_));
  expression(right, typed_by(left, scope_));
}

void Walk::has(ast::ItemTest const& it) {
  within(it.list, it.item.text, it.has);
}

void Walk::aggregate(ast::Aggregate const& it) {
  within(it.list, {}, it.where);
  if (!it.of) return;
  auto const outer = scope_;
  scope_ = open(it.list.text, {});
  expression(it.of);
  scope_ = outer;
}

void Walk::each(std::vector<ast::ExpressionPtr> const& parts, Typed const& typed) {
  for (auto const& part : parts) expression(part, typed);
}

void Walk::reference(ast::Expression const& whole, ast::Reference const& it, Typed const& typed) {
  mention(Mention{.span = whole.span,
                  .name = it.name,
                  .quoted = it.quoted,
                  .typed_by = typed.by,
                  .typed_in = typed.in});
}

/// A text may be a value of a type: `is "on time"`.
void Walk::text(ast::Expression const& whole, ast::TextLiteral const& it, Typed const& typed) {
  if (typed.by.empty()) return;
  reference(whole, ast::Reference{it.value, true}, typed);
}

void Walk::is_one_of(ast::IsOneOf const& it) {
  expression(it.subject);
  each(it.values, typed_by(it.subject, scope_));
}

void Walk::expression(ast::ExpressionPtr const& whole, Typed const& typed) {
  if (!whole) return;
  std::visit(overloaded{
                 Nameless{},
                 [&](ast::DurationLiteral const& it) {
                   if (it.calendar) mention(*it.calendar, Space::calendars);
                 },
                 [&](ast::Reference const& it) { reference(*whole, it, typed); },
                 [&](ast::TextLiteral const& it) { text(*whole, it, typed); },
                 [&](ast::Compare const& it) { sides(it.left, it.right); },
                 [&](ast::IsAtLeast const& it) { sides(it.left, it.right); },
                 [&](ast::IsOneOf const& it) {
                   expression(it.subject);
                   each(it.values, typed_by(it.subject, scope_));
                 },
                 [&](ast::IsKnown const& it) { expression(it.subject); },
                 [&](ast::IsNone const& it) { expression(it.subject); },
                 [&](ast::Contains const& it) {
                   expression(it.subject);
                   expression(it.item, typed_by(it.subject, scope_));
                 },
                 [&](ast::Mentions const& it) {
                   expression(it.subject);
                   mention(it.phrases, Space::shared);
                 },
                 [&](ast::AllOf const& it) { each(it.parts); },
                 [&](ast::AnyOf const& it) { each(it.parts); },
                 [&](ast::AndThen const& it) {
                   each({it.first, it.second});
                 },
                 [&](ast::Not const& it) { expression(it.operand); },
                 [&](ast::Possibly const& it) { expression(it.operand); },
                 [&](ast::Certainly const& it) { expression(it.operand); },
                 [&](ast::AtLeastOf const& it) { each(it.parts); },
                 [&](ast::Conditional const& it) {
                   expression(it.value, typed);
                   expression(it.condition);
                   expression(it.otherwise, typed);
                 },
                 [&](ast::Arithmetic const& it) {
                   each({it.left, it.right});
                 },
                 [&](ast::Negative const& it) { expression(it.operand); },
                 [&](ast::Extreme const& it) { each(it.parts, typed); },
                 [&](ast::DateOf const& it) { expression(it.time); },
                 [&](ast::DaysBetween const& it) {
                   each({it.from, it.to});
                 },
                 [&](ast::SeverityOf const& it) { mention(it.need, Space::shared); },
                 [&](ast::ItemTest const& it) { has(it); },
                 [&](ast::Aggregate const& it) { aggregate(it); },
                 [&](ast::EventWindow const& it) {
                   expression(it.last);
                   within(it.event, {}, it.where);
                 },
                 [&](ast::TimeSince const& it) { within(it.event, {}, it.where); },
             },
             whole->form);
}

/// `{customer.name}` in a text: what stands behind the brace up to the end of the name.
void Walk::slots(ast::Texts const& texts) {
  for (auto const& local : texts) {
    auto const span = local.text.span;
    for (auto at = span.begin; at < span.end; ++at) {
      if (sheet_.text[at] != '{') continue;
      auto begin = at + 1;
      if (begin < span.end && sheet_.text[begin] == '{') {  // a brace of the text itself
        ++at;
        continue;
      }
      while (begin < span.end && sheet_.text[begin] == ' ') ++begin;
      auto end = begin;
      while (end < span.end) {
        auto const [code, bytes] = ast::character_at(sheet_.text, end);
        bool const is_dot = code == '.' && end > begin;
        if (!is_dot && !ast::continues_word(code)) break;
        end += bytes;
      }
      if (end == begin) continue;
      auto const written = slice(sheet_, {begin, end});
      mention(Mention{.span = {begin, end}, .name = ast::to_nfc(written)});
    }
  }
}

}  // namespace heed::author
