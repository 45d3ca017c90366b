#include "engine/run/compose.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "engine/compile/speech.hpp"
#include "engine/run/evaluate.hpp"

namespace heed::run {
namespace {

bool is_empty(Value const& value, Type const& type, Speech const& speech, Zone const& zone) {
  bool const may_be = std::holds_alternative<std::string>(value) ||
                      std::holds_alternative<SetValue>(value) ||
                      std::holds_alternative<Duration>(value);
  if (may_be) return speech.write(value, type, Slot::Style::plain, zone).empty();
  return std::holds_alternative<None>(value);
}

/// A form for the very value comes before one for its category, and that before `other`.
Slot::Form const& choose_form(Slot const& slot, Value const& value, Speech const& speech) {
  auto const* number = std::get_if<Number>(&value);
  auto const category = number == nullptr ? Plural::other : speech.plural_of(*number);
  auto const closeness = [&](Slot::Form const& form) {
    if (auto const* exactly = std::get_if<Value>(&form.when)) return *exactly == value ? 3 : 0;
    auto const plural = std::get<Plural>(form.when);
    return plural == category ? 2 : plural == Plural::other ? 1 : 0;
  };
  auto const found = std::ranges::max_element(slot.forms, {}, closeness);
  ensure(closeness(*found) > 0);  // the checker has seen to it
  return *found;
}

/// False where a slot has nothing to say.
bool append(Frame& frame, Wording const& wording, Speech const& speech, std::string& out);

bool append(Frame& frame, Slot const& slot, Speech const& speech, std::string& out) {
  auto const filling = fill(frame, slot, speech);
  if (filling.text != nullptr) return append(frame, *filling.text, speech, out);
  if (filling.kind != Filling::Kind::value) return false;
  out += speech.write(*filling.value, slot.value->type, slot.style, frame.policy().zone);
  return true;
}

bool append(Frame& frame, Wording const& wording, Speech const& speech, std::string& out) {
  return std::ranges::all_of(wording.parts, [&](auto const& part) {
    if (auto const* slot = std::get_if<std::shared_ptr<Slot const>>(&part))
      return append(frame, **slot, speech, out);
    out += std::get<std::string>(part);
    return true;
  });
}

}  // namespace

Filling fill(Frame& frame, Slot const& slot, Speech const& speech) {
  Filling filling;
  if (slot.otherwise) filling.text = &*slot.otherwise;
  filling.value = settled_value_of(frame, *slot.value);
  if (filling.value == nullptr) return filling;
  filling.kind = Filling::Kind::empty;
  if (is_empty(*filling.value, slot.value->type, speech, frame.policy().zone)) return filling;
  filling.kind = slot.forms.empty() ? Filling::Kind::value : Filling::Kind::form;
  filling.text = nullptr;
  if (!slot.forms.empty()) filling.text = &choose_form(slot, *filling.value, speech).text;
  return filling;
}

Speech const& speech_of(Frame const& frame, std::string const& language) {
  auto const found = frame.inputs.rules.speech.find(language);
  ensure(found != frame.inputs.rules.speech.end());
  return *found->second;
}

lent::Texts compose(Frame& frame, Wordings const& wordings) {
  Growing<lent::Text> texts{frame.room};
  for (auto const& [language, wording] : wordings) {
    if (!has_slots(wording)) {
      auto const is_plain = !wording.parts.empty();
      texts.push_back(
          {language, is_plain ? std::get<std::string>(wording.parts[0]) : lent::Name{}});
      continue;
    }
    std::string text;
    if (append(frame, wording, speech_of(frame, language), text))
      texts.push_back({language, frame.room.keep(text)});
  }
  return texts.list();
}

}  // namespace heed::run
