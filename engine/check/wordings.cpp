#include <algorithm>

#include "engine/base/limits.hpp"
#include "engine/check/expression.hpp"
#include "engine/check/forms.hpp"
#include "engine/check/plurals.hpp"
#include "engine/check/tell.hpp"
#include "engine/check/texts.hpp"
#include "engine/language/characters.hpp"

/// Texts with slots: reading and checking them.
namespace heed::check {

namespace {

constexpr auto literal_brace = "a brace that is meant as such is written twice: `{{`, `}}`";

/// For each byte of a text's value, and its end, the byte of the file where it stands: `\"` is one.
std::vector<std::uint32_t> map_text(std::string_view file, ast::Text const& text) {
  std::vector<std::uint32_t> places;
  for (auto at = text.span.begin + 1; places.size() < text.value.size() && at < file.size(); ++at) {
    places.push_back(at);
    if (file[at] == '\\') ++at;
  }
  while (places.size() <= text.value.size()) places.push_back(text.span.end - 1);
  return places;
}

/// Where a text stands among others.
enum class Within { nothing, form };

/// Reads the text of one language. Told mistakes leave parts out.
class Reader {
 public:
  Reader(Scope const& scope, std::string language, ast::Text const& text)
      : scope_{scope},
        language_{std::move(language)},
        text_{text.value},
        places_{map_text(scope.draft.sources[static_cast<std::size_t>(scope.file)].text, text)} {}

  Wording read() { return read_text(Within::nothing, nullptr); }

 private:
  Wording read_text(Within within, ExpressionPtr const& counted);
  void read_slot(Wording& wording, ExpressionPtr const& counted);
  ExpressionPtr read_value(ExpressionPtr const& counted);
  void read_style(Slot& slot);
  bool read_form(Slot& slot);
  bool read_forms(Slot& slot);
  void read_otherwise(Slot& slot);
  std::optional<std::variant<Plural, Value>> read_key(Slot const& slot);
  std::size_t find_key_end(Slot const& slot) const;
  void check_forms(Slot const& slot, std::size_t begin);
  void check_whole(Slot const& slot, std::size_t begin);
  bool close(std::size_t begin);

  bool at_end() const { return at_ >= text_.size(); }
  char here() const { return at_end() ? '\0' : text_[at_]; }
  bool is_doubled(char sign) const {
    return here() == sign && at_ + 1 < text_.size() && text_[at_ + 1] == sign;
  }
  void skip_blanks() {
    while (here() == ' ' || here() == '\t') ++at_;
  }
  /// Up to a blank or a sign of slots.
  std::string_view read_word();
  bool next_is(std::string_view word) const;
  Place place_of(std::size_t begin, std::size_t end) const {
    return {scope_.file, {places_[begin], places_[end]}};
  }
  void tell_at(std::size_t begin, std::size_t end, std::string_view code, std::string message,
               std::string help) const {
    tell(scope_.draft, place_of(begin, std::max(end, begin)), code, std::move(message),
         std::move(help));
  }

  Scope scope_;
  std::string language_;
  std::string_view text_;
  std::vector<std::uint32_t> places_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool is_given_up_ = false;  // too deep: nothing more is told
};

bool is_sign(char letter) {
  return letter == '{' || letter == '}' || letter == '|' || letter == ':' || letter == ',' ||
         letter == ' ' || letter == '\t';
}

std::string_view Reader::read_word() {
  auto const begin = at_;
  while (!at_end() && !is_sign(here())) ++at_;
  return text_.substr(begin, at_ - begin);
}

bool Reader::next_is(std::string_view word) const {
  auto const rest = text_.substr(at_);
  return rest.starts_with(word) && (rest.size() == word.size() || is_sign(rest[word.size()]));
}

void trim(Wording& wording) {
  auto const is_blank = [](char letter) { return letter == ' ' || letter == '\t'; };
  if (wording.parts.empty()) return;
  if (auto* first = std::get_if<std::string>(&wording.parts.front()))
    first->erase(first->begin(), std::ranges::find_if_not(*first, is_blank));
  if (auto* last = std::get_if<std::string>(&wording.parts.back()))
    while (!last->empty() && is_blank(last->back())) last->pop_back();
}

void append(Wording& wording, char letter) {
  if (wording.parts.empty() || !std::holds_alternative<std::string>(wording.parts.back()))
    wording.parts.emplace_back(std::string{});
  std::get<std::string>(wording.parts.back()) += letter;
}

/// A form ends at its `|` or `}`, which is left.
Wording Reader::read_text(Within within, ExpressionPtr const& counted) {
  Wording wording;
  auto const begin = at_;
  while (!at_end()) {
    bool const is_form = within == Within::form;
    if (is_form ? is_doubled('|') : is_doubled('{') || is_doubled('}')) {
      append(wording, here());
      at_ += 2;
    } else if (here() == '{') {
      read_slot(wording, counted);
    } else if (is_form && (here() == '|' || here() == '}')) {
      break;
    } else if (here() == '}') {
      tell_at(at_, at_ + 1, "check.slot", "this `}` closes no slot", literal_brace);
      ++at_;
    } else {
      append(wording, text_[at_++]);
    }
  }
  wording.written = text_.substr(begin, at_ - begin);
  if (within == Within::form) trim(wording);
  return wording;
}

void Reader::read_slot(Wording& wording, ExpressionPtr const& counted) {
  auto const begin = at_++;
  if (++depth_ > limits::slot_depth_max) {
    tell_at(begin, begin + 1, "check.too-deep",
            "more than " + std::to_string(limits::slot_depth_max) + " slots within each other",
            "give each case a script of its own");
    at_ = text_.size();
    is_given_up_ = true;
    return;
  }
  skip_blanks();
  Slot slot;
  slot.value = read_value(counted);
  skip_blanks();
  if (next_is("as")) read_style(slot);
  skip_blanks();
  bool const is_sound = read_forms(slot);
  --depth_;
  if (!close(begin) || !slot.value || !is_sound) return;
  check_whole(slot, begin);
  wording.parts.emplace_back(std::make_shared<Slot const>(std::move(slot)));
}

bool Reader::close(std::size_t begin) {
  skip_blanks();
  if (here() == '}') {
    ++at_;
    return true;
  }
  if (is_given_up_) return false;
  if (at_end()) {
    tell_at(begin, begin + 1, "check.unclosed-slot", "this `{` is not closed",
            std::string{"write the `}` that belongs to it; "} + literal_brace);
    return false;
  }
  auto const wrong = at_;
  auto const word = read_word();
  if (at_ == wrong) ++at_;
  tell_at(
      wrong, at_, "check.slot",
      quoted(word.empty() ? text_.substr(wrong, at_ - wrong) : word) + " has no place in a slot",
      "a slot is `{NAME}`, `{NAME: FORM | FORM}` or `{NAME | otherwise WORDS}`; " +
          std::string{literal_brace});
  while (!at_end() && here() != '}') ++at_;
  if (!at_end()) ++at_;
  return false;
}

/// The value that is named; null where there is none, told.
ExpressionPtr Reader::read_value(ExpressionPtr const& counted) {
  auto const begin = at_;
  auto const name = read_word();
  Span const span = place_of(begin, at_).span;
  if (name == "#" && counted) return counted;
  if (name.empty() || name == "#") {
    tell_at(begin, std::min(begin + 1, text_.size()), "check.slot",
            name.empty() ? "a slot names what stands in it" : "`{#}` stands within a form alone",
            name.empty() ? "write the name of a fact, a define or an answer, as in "
                           "`{customer.name}`; " +
                               std::string{literal_brace}
                         : "name what is counted, as in `{case.contacts}`");
    return nullptr;
  }
  ast::Expression written{span, false, ast::Reference{language::to_nfc(name), false}};
  if (name == "now") written.form = ast::Now{};
  if (name == "today") written.form = ast::Today{};
  return infer(scope_, written);
}

void Reader::read_style(Slot& slot) {
  at_ += 2;
  skip_blanks();
  auto const begin = at_;
  auto const word = std::string{read_word()};
  if (!slot.value) return;
  auto const& type = slot.value->type;
  if (word == "percent" && is_numeric(type.kind))
    slot.style = Slot::Style::percent;
  else if (word == "date" && type.kind == Kind::time)
    slot.style = Slot::Style::date;
  else if (word == "time" && type.kind == Kind::time)
    slot.style = Slot::Style::time;
  else
    tell_word(scope_.draft, place_of(begin, at_), "check.slot-style",
              quoted(slot.value->text) + " is " + words(type) + " and cannot be written as " +
                  quoted(word),
              word, {}, "a number is written `as percent`, a time `as date` or `as time`");
}

/// False where one has a mistake; what else is missing is not told then.
bool Reader::read_forms(Slot& slot) {
  bool is_sound = true;
  for (bool first = true; here() == '|' || (first && here() == ':'); first = false) {
    ++at_;
    skip_blanks();
    if (next_is("otherwise"))
      read_otherwise(slot);
    else
      is_sound = read_form(slot) && is_sound;
  }
  return is_sound;
}

void Reader::read_otherwise(Slot& slot) {
  auto const begin = at_;
  at_ += std::string_view{"otherwise"}.size();
  auto text = read_text(Within::form, nullptr);
  if (slot.otherwise)
    tell_at(begin, begin + 9, "check.twice", "there is an `otherwise` already",
            "leave one of the two out");
  slot.otherwise = std::move(text);
}

/// The value or category that a form begins with; nothing where it is none, told.
std::optional<std::variant<Plural, Value>> Reader::read_key(Slot const& slot) {
  auto const begin = at_;
  auto const end = find_key_end(slot);
  auto const word = language::to_nfc(text_.substr(begin, end - begin));
  at_ = end;
  if (!slot.value) return std::nullopt;
  auto const& type = slot.value->type;
  if (word == "other") return Plural::other;
  std::vector<std::string> known;
  if (type.kind == Kind::choice) {
    known = type.choice->values;
    auto const found = std::ranges::find(known, word);
    if (found != known.end()) return Value{static_cast<Chosen>(found - known.begin())};
  } else if (type.kind == Kind::truth) {
    if (word == "yes" || word == "no") return Value{word == "yes"};
    known = {"yes", "no"};
  } else if (is_numeric(type.kind)) {
    if (auto const number = Number::parse(word)) return Value{*number};
    for (auto const plural : plurals_of(language_)) {
      if (word == name_of(plural)) return plural;
      known.emplace_back(name_of(plural));
    }
  } else {
    tell_at(begin, end, "check.slot-forms",
            quoted(slot.value->text) + " is " + words(type) + ", which has no forms",
            "forms are for numbers, for `one of …` and for `yes or no`; what stands where there is "
            "no value follows `| otherwise`");
    return std::nullopt;
  }
  if (std::ranges::find(known, "other") == known.end()) known.emplace_back("other");
  tell_word(scope_.draft, place_of(begin, end), "check.unknown-form",
            quoted(slot.value->text) + " has no form for " + quoted(word) +
                (is_numeric(type.kind) ? " in " + quoted(language_) : ""),
            word, known, "its forms are " + listed(known));
  return std::nullopt;
}

/// The end of the longest name of a value that stands here, else of the word.
std::size_t Reader::find_key_end(Slot const& slot) const {
  auto end = at_;
  while (end < text_.size() && !is_sign(text_[end])) ++end;
  if (!slot.value || slot.value->type.kind != Kind::choice) return end;
  for (auto const& value : slot.value->type.choice->values)
    if (next_is(value)) end = std::max(end, at_ + value.size());
  return end;
}

bool Reader::read_form(Slot& slot) {
  auto const begin = at_;
  auto key = read_key(slot);
  auto const end = at_;
  auto text = read_text(Within::form, slot.value);
  if (!key) return false;
  auto const same = [&](Slot::Form const& form) { return form.when == *key; };
  if (std::ranges::any_of(slot.forms, same))
    tell_at(begin, end, "check.twice",
            "there is a form for " + quoted(text_.substr(begin, end - begin)) + " already",
            "leave one of the two out");
  slot.forms.push_back({std::move(*key), std::move(text)});
  return true;
}

/// Every value must have its form.
void Reader::check_forms(Slot const& slot, std::size_t begin) {
  auto const has = [&](std::variant<Plural, Value> const& key) {
    return std::ranges::any_of(slot.forms, [&](auto const& form) { return form.when == key; });
  };
  if (has(Plural::other)) return;
  auto const& type = slot.value->type;
  std::vector<std::string> missing;
  if (type.kind == Kind::choice) {
    for (std::uint32_t at = 0; at < type.choice->values.size(); ++at)
      if (!has(Value{Chosen(at)})) missing.push_back(type.choice->values[at]);
  } else if (type.kind == Kind::truth) {
    for (bool const truth : {true, false})
      if (!has(Value{truth})) missing.emplace_back(truth ? "yes" : "no");
  } else {
    missing.emplace_back("other");
  }
  if (missing.empty()) return;
  tell_at(begin, at_, "check.missing-form",
          "no form for " + listed(missing) + " of " + quoted(slot.value->text),
          "add " + quoted("| " + missing.front() + " …") +
              (missing.front() == "other" ? "" : ", or `| other …` for all that have none"));
}

void Reader::check_whole(Slot const& slot, std::size_t begin) {
  auto const& type = slot.value->type;
  if (type.kind == Kind::list)
    tell_at(begin, at_, "check.slot",
            quoted(slot.value->text) + " is a list, which no text can tell",
            "name what is told of it, as in " +
                quoted("define how_many as count of " + slot.value->text));
  else if (!slot.forms.empty())
    check_forms(slot, begin);
  else if (type.kind == Kind::truth && language_ != "en" && language_ != "he")
    tell_at(begin, at_, "check.slot-forms", "Heed cannot say yes and no in " + quoted(language_),
            "write both, as in " + quoted("{" + slot.value->text + ": yes … | no …}"));
  if (type.or_none && !slot.otherwise)
    warn(scope_.draft, place_of(begin, at_), "check.slot-may-be-none",
         quoted(slot.value->text) + " may be `none`, and then this text is left out",
         "say what stands here then: " + quoted("{" + slot.value->text + " | otherwise …}"));
}

}  // namespace

Wordings check_wordings(Scope const& scope, ast::Texts const& written) {
  Wordings wordings;
  auto const accepted = check_texts(scope, written);
  warn_of_languages(scope, written, accepted);
  for (auto const& one : written) {
    auto const& language = one.language ? one.language->text : scope.draft.policy.languages.front();
    auto const found = accepted.find(language);
    if (found == accepted.end() || wordings.contains(language)) continue;
    wordings.emplace(language, Reader{scope, language, one.text}.read());
  }
  return wordings;
}

}  // namespace heed::check
