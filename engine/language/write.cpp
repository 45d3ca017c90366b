#include "engine/language/write.hpp"

#include <array>
#include <cstdio>

#include "engine/base/expected.hpp"
#include "engine/language/characters.hpp"

namespace heed::language {
namespace {

std::string_view unit_word(DurationLiteral::Unit unit) {
  using Unit = DurationLiteral::Unit;
  switch (unit) {
    case Unit::second:
      return "second";
    case Unit::minute:
      return "minute";
    case Unit::hour:
      return "hour";
    case Unit::day:
      return "day";
    case Unit::week:
      return "week";
    case Unit::month:
      return "month";
    case Unit::year:
      return "year";
  }
  return {};
}

std::string needs_word(Needs needs) {
  if (needs == Needs::any) return {};
  return needs == Needs::functional ? "functional " : "psychological ";
}

std::string state_words(bool at_least, Name const& state) {
  return (at_least ? "at least " : "") + written(state);
}

std::string two_digits(std::int64_t number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

std::string time_text(TimeLiteral const& time) {
  auto const second = time.second_of_day;
  std::string text =
      to_text(time.date) + "T" + two_digits(second / 3600) + ":" + two_digits(second / 60 % 60);
  if (second % 60 != 0) text += ":" + two_digits(second % 60);
  if (!time.offset_minutes) return text;
  int const offset = *time.offset_minutes;
  if (offset == 0) return text + "Z";
  int const minutes = offset < 0 ? -offset : offset;
  return text + (offset < 0 ? "-" : "+") + two_digits(minutes / 60) + ":" +
         two_digits(minutes % 60);
}

/// Writes one expression, all that is within it included.
struct Writer {
  Within within;

  std::string inner(ExpressionPtr const& part) const { return written(*part, within); }
  std::string joined(std::vector<ExpressionPtr> const& parts, std::string_view between,
                     Within in) const {
    std::string text;
    for (auto const& part : parts) {
      if (!text.empty()) text += between;
      text += written(*part, in);
    }
    return text;
  }
  std::string in_brackets(std::vector<ExpressionPtr> const& parts) const {
    return "(" + joined(parts, ", ", Within::list) + ")";
  }
  std::string where(ExpressionPtr const& condition) const {
    return condition ? " where (" + written(*condition) + ")" : "";
  }

  std::string operator()(NumberLiteral const& form) const {
    return form.digits + (form.percent ? "%" : "");
  }
  std::string operator()(MoneyLiteral const& form) const {
    return form.digits + " " + form.currency.text;
  }
  std::string operator()(DurationLiteral const& form) const {
    return form.digits + (form.working ? " working " : " ") + std::string{unit_word(form.unit)} +
           (form.digits == "1" ? "" : "s") + (form.calendar ? " in " + form.calendar->text : "");
  }
  std::string operator()(DateLiteral const& form) const { return heed::to_text(form.date); }
  std::string operator()(TimeLiteral const& form) const { return time_text(form); }
  std::string operator()(TextLiteral const& form) const { return quoted(form.value); }
  std::string operator()(TruthLiteral const& form) const { return form.value ? "yes" : "no"; }
  std::string operator()(NoneLiteral const&) const { return "none"; }
  std::string operator()(Now const&) const { return "now"; }
  std::string operator()(Today const&) const { return "today"; }
  std::string operator()(Reference const& form) const {
    return form.quoted ? quoted(form.name) : form.name;
  }
  std::string operator()(Compare const& form) const {
    return inner(form.left) + " " + std::string{written(form.relation)} + " " + inner(form.right);
  }
  std::string operator()(IsAtLeast const& form) const {
    return inner(form.left) + (form.negated ? " is not at least " : " is at least ") +
           inner(form.right);
  }
  std::string operator()(IsOneOf const& form) const {
    return inner(form.subject) + (form.negated ? " is not one of " : " is one of ") +
           (within == Within::list && form.values.size() > 1
                ? in_brackets(form.values)
                : joined(form.values, ", ", Within::list));
  }
  std::string operator()(IsKnown const& form) const {
    return inner(form.subject) + (form.unknown ? " is unknown" : " is known");
  }
  std::string operator()(IsNone const& form) const {
    return inner(form.subject) + (form.negated ? " is not none" : " is none");
  }
  std::string operator()(Contains const& form) const {
    return inner(form.subject) + " contains " + inner(form.item);
  }
  std::string operator()(Mentions const& form) const {
    return inner(form.subject) + " mentions " + written(form.phrases);
  }
  std::string operator()(AllOf const& form) const { return joined(form.parts, " and ", within); }
  std::string operator()(AnyOf const& form) const { return joined(form.parts, " or ", within); }
  std::string operator()(AndThen const& form) const {
    return inner(form.first) + " and then " + inner(form.second);
  }
  std::string operator()(Not const& form) const { return "not " + inner(form.operand); }
  std::string operator()(Possibly const& form) const { return "possibly " + inner(form.operand); }
  std::string operator()(Certainly const& form) const { return "certainly " + inner(form.operand); }
  std::string operator()(AtLeastOf const& form) const {
    return "at least " + form.count.digits + " of " + in_brackets(form.parts);
  }
  std::string operator()(Conditional const& form) const {
    return inner(form.value) + " if " + inner(form.condition) + ", otherwise " +
           inner(form.otherwise);
  }
  std::string operator()(Arithmetic const& form) const {
    constexpr std::array<std::string_view, 4> signs = {" + ", " - ", " * ", " / "};
    return inner(form.left) + std::string{signs.at(static_cast<std::size_t>(form.op))} +
           inner(form.right);
  }
  std::string operator()(Negative const& form) const { return "-" + inner(form.operand); }
  std::string operator()(Extreme const& form) const {
    return (form.largest ? "largest of " : "smallest of ") + in_brackets(form.parts);
  }
  std::string operator()(DateOf const& form) const { return "date of " + inner(form.time); }
  std::string operator()(DaysBetween const& form) const {
    return "days from " + inner(form.from) + " to " + inner(form.to);
  }
  std::string operator()(AnyNeed const& form) const {
    return (form.every ? "every " : "any ") + needs_word(form.which) + "need is " +
           state_words(form.at_least, form.state);
  }
  std::string operator()(CountNeeds const& form) const {
    return "count of " + needs_word(form.which) + "needs " + state_words(form.at_least, form.state);
  }
  std::string operator()(SeverityOf const& form) const {
    return "severity of " + written(form.need);
  }
  std::string operator()(ItemTest const& form) const {
    return (form.every ? "every " : "any ") + written(form.item) + " in " + written(form.list) +
           " has (" + written(*form.has) + ")";
  }
  std::string operator()(Aggregate const& form) const {
    constexpr std::array<std::string_view, 4> words = {"count", "sum", "smallest", "largest"};
    std::string text = std::string{words.at(static_cast<std::size_t>(form.how))} + " of ";
    if (form.of) text += written(*form.of) + " in ";
    return text + written(form.list) + where(form.where);
  }
  std::string operator()(EventWindow const& form) const {
    return (form.count ? "count of " : "any ") + written(form.event) + " in last " +
           inner(form.last) + (form.across_customers ? " across customers" : "") +
           where(form.where);
  }
  std::string operator()(TimeSince const& form) const {
    return "time since last " + written(form.event) +
           (form.across_customers ? " across customers" : "") + where(form.where);
  }
};

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    char const c = text[at];
    bool const is_gershayim = c == '"' && at + 1 < text.size() &&
                              is_hebrew(character_before(text, at)) &&
                              is_hebrew_letter(character_at(text, at + 1).code);
    if (c == '\n')
      out += "\\n";
    else if (c == '\\' || (c == '"' && !is_gershayim))
      out += std::string{'\\', c};
    else
      out += c;
  }
  return out + "\"";
}

std::string written(Name const& name) {
  return name.quoted ? quoted(name.text) : name.text;
}

std::string_view written(Relation relation) {
  switch (relation) {
    case Relation::equal:
      return "is";
    case Relation::not_equal:
      return "is not";
    case Relation::less:
      return "<";
    case Relation::at_most:
      return "<=";
    case Relation::greater:
      return ">";
    case Relation::at_least:
      return ">=";
  }
  return {};
}

std::string written(Expression const& expression, Within within) {
  if (!expression.bracketed) return std::visit(Writer{within}, expression.form);
  return "(" + std::visit(Writer{Within::nothing}, expression.form) + ")";
}

std::string to_text(Expression const& expression) {
  return std::visit(Writer{Within::nothing}, expression.form);
}

}  // namespace heed::language
