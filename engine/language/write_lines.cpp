#include <array>

#include "engine/base/expected.hpp"
#include "engine/language/write.hpp"

namespace heed::language {
namespace {

using Pieces = std::vector<std::string>;

std::string joined(Pieces const& pieces) {
  std::string text;
  for (auto const& piece : pieces) text += (text.empty() ? "" : " ") + piece;
  return text;
}

std::string arguments_text(std::vector<Argument> const& arguments) {
  std::string text;
  for (auto const& argument : arguments)
    text += " " + written(argument.name) + " " + written(*argument.value);
  return text;
}

std::string deadline_text(std::optional<Deadline> const& deadline) {
  if (!deadline) return {};
  std::string text = " within " + written(*deadline->within);
  if (deadline->of) text += " of " + written(*deadline->of);
  return text;
}

/// Without the word `do`; two pieces where it expires.
Pieces doing_pieces(Do const& action) {
  std::string text = written(action.action) + arguments_text(action.arguments);
  if (action.by) text += " by " + written(*action.by);
  text += deadline_text(action.within);
  Pieces pieces;
  if (action.expires_after) {
    pieces.push_back(text + ",");
    text = "expires after " + written(*action.expires_after);
  }
  if (auto const& each = action.for_each) {
    text += " for each " + written(each->name) + " in " + written(each->list);
    if (each->where) text += " where (" + written(*each->where) + ")";
  }
  pieces.push_back(std::move(text));
  return pieces;
}

Pieces pieces(WriteNeed const& form) {
  std::string const text = written(form.need) + " is " + written(form.state);
  if (!form.severity) return {text};
  return {text + ",", "severity " + form.severity->digits};
}
Pieces pieces(Do const& form) {
  auto pieces = doing_pieces(form);
  pieces.front() = "do " + pieces.front();
  return pieces;
}
Pieces pieces(Offer const& form) {
  Pieces all;
  for (auto const& action : form.actions) {
    if (!all.empty()) all.back() += ",";
    for (auto& piece : doing_pieces(action)) all.push_back(std::move(piece));
  }
  all.front() = "offer one of " + all.front();
  return all;
}
/// Each language is a piece.
Pieces texts_pieces(std::string const& word, Texts const& texts) {
  Pieces pieces;
  for (auto const& local : texts)
    pieces.push_back((pieces.empty() ? word : "") + written(Texts{local}));
  return pieces;
}
Pieces pieces(Say const& form) {
  if (form.script) return {"say " + written(*form.script)};
  return texts_pieces("say ", form.text);
}
Pieces pieces(Ask const& form) {
  return {"ask " + written(form.fact)};
}
Pieces pieces(Escalate const& form) {
  Pieces all = {"escalate to " + written(form.to) + deadline_text(form.within)};
  for (auto const& step : form.then) {
    all.back() += ",";
    all.push_back("then to " + written(step.to) + " after " + written(*step.after));
  }
  return all;
}
Pieces pieces(Alert const& form) {
  return {"alert " + written(form.role) + deadline_text(form.within)};
}
Pieces pieces(Add const& form) {
  return {"add " + written(*form.value) + " to " + written(form.to)};
}
Pieces pieces(Set const& form) {
  return {"set " + written(form.answer) + " to " + written(*form.value)};
}
Pieces pieces(Record const& form) {
  return {"record " + written(form.event) + arguments_text(form.fields)};
}
Pieces pieces(Check const& form) {
  auto all = texts_pieces("check ", form.text);
  all.push_back("before " + written(form.before));
  return all;
}
Pieces pieces(Forbid const& form) {
  Pieces all = {"forbid " + written(form.action)};
  if (!form.instead) return all;
  all.back() += ",";
  for (auto& piece : pieces(*form.instead)) all.push_back(std::move(piece));
  all[1] = "instead " + all[1];
  return all;
}

struct ExpectWriter {
  bool negated;
  std::string no() const { return negated ? "no " : ""; }
  std::string not_() const { return negated ? "not " : ""; }

  std::string operator()(ExpectCondition const& form) const {
    if (!negated) return written(*form.condition);
    auto text = to_text(*form.condition);
    return "no " + (text.starts_with("any ") ? text.substr(4) : text);
  }
  std::string operator()(ExpectDo const& form) const { return not_() + joined(pieces(form.what)); }
  std::string operator()(ExpectForbid const& form) const {
    return not_() + "forbid " + written(form.action);
  }
  std::string operator()(ExpectEscalate const& form) const {
    if (!form.to) return no() + "escalation";
    return not_() + "escalate to " + written(*form.to) + deadline_text(form.within);
  }
  std::string operator()(ExpectQuestion const& form) const {
    return no() + "question" + (form.fact ? " " + written(*form.fact) : "");
  }
  std::string operator()(ExpectOffer const& form) const {
    return not_() + "offer " + written(form.action);
  }
  std::string operator()(ExpectSay const& form) const {
    return not_() + "say " + written(form.script);
  }
  std::string operator()(ExpectAlert const& form) const {
    return not_() + "alert " + written(form.role);
  }
  std::string operator()(ExpectRecord const& form) const {
    return not_() + "record " + written(form.event);
  }
};

std::string choices_text(TypeName const& type) {
  std::string text = "one of ";
  for (auto const& value : type.values) {
    if (&value != &type.values.front()) text += type.ordered ? " < " : ", ";
    text += written(value);
  }
  return text;
}

std::string type_text(TypeName const& type) {
  using Form = TypeName::Form;
  switch (type.form) {
    case Form::yes_or_no:
      return "yes or no";
    case Form::whole_number:
      return "whole number";
    case Form::number:
      return "number";
    case Form::money:
      if (!type.currency) return "money";
      return "money in " + type.currency->text + (type.cents ? " cents" : "");
    case Form::duration:
      return "duration";
    case Form::date:
      return "date";
    case Form::time:
      return "time";
    case Form::text:
      return "text";
    case Form::one_of:
      return choices_text(type);
    case Form::set_of:
      return "set of " + to_text(*type.element);
    case Form::list_of:
      return "list of" + (type.element ? " " + to_text(*type.element) : "");
    case Form::named:
      return written(*type.name);
  }
  return {};
}

}  // namespace

std::vector<std::string> pieces_of(Consequence const& consequence) {
  return std::visit([](auto const& form) { return pieces(form); }, consequence.form);
}

std::string to_text(Consequence const& consequence) {
  return joined(pieces_of(consequence));
}

std::string to_text(Expect const& expect) {
  return std::visit(ExpectWriter{expect.negated}, expect.form);
}

std::string to_text(Given const& given) {
  return std::visit(overloaded{[](GivenFact const& form) {
                                 return written(form.fact) + " is " + written(form.value);
                               },
                               [](GivenItem const& form) {
                                 std::string text = written(form.list) + ":";
                                 for (auto const& field : form.fields)
                                   text += (&field == &form.fields.front() ? " " : ", ") +
                                           written(field.name) + " " + written(*field.value);
                                 return text;
                               },
                               [](GivenEvent const& form) {
                                 return written(form.event) + " " + written(*form.ago) + " ago" +
                                        arguments_text(form.fields);
                               },
                               [](GivenNow const& form) { return "now is " + written(*form.now); }},
                    given.form);
}

std::string to_text(TypeName const& type) {
  return type_text(type) + (type.or_none ? " or none" : "");
}

std::string written(Texts const& texts) {
  std::string text;
  for (auto const& local : texts) {
    if (!text.empty()) text += " ";
    if (local.language) text += written(*local.language) + " ";
    text += quoted(local.text.value);
  }
  return text;
}

std::string written(Value const& value) {
  return std::visit(overloaded{[](Unknown const&) { return std::string{"unknown"}; },
                               [](ExpressionPtr const& form) { return written(*form); },
                               [](std::vector<ExpressionPtr> const& several) {
                                 std::string text;
                                 for (auto const& part : several)
                                   text += (text.empty() ? "" : ", ") + written(*part);
                                 return text;
                               }},
                    value.form);
}

std::string written(Field const& field) {
  std::string text = written(field.name) + " is ";
  if (field.is_private) text += "private ";
  if (field.is_public) text += "public ";
  text += to_text(field.type);
  if (field.join) text += ", " + written(*field.join);
  return text;
}

}  // namespace heed::language
