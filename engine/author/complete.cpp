#include <algorithm>
#include <array>

#include "engine/author/keywords.hpp"
#include "engine/author/suggest.hpp"
#include "engine/language/words.hpp"

namespace heed::author {

namespace {

/// The names that may follow the words directly, in declarations of that keyword (any where empty).
struct Following {
  std::string_view keyword;
  std::string_view words;
  Space space;
  std::array<Kind, 3> kinds;
};
constexpr auto any_kind = std::array{Kind::keyword, Kind::keyword, Kind::keyword};
constexpr std::array<Kind, 3> only(Kind a, Kind b = Kind::keyword, Kind c = Kind::keyword) {
  return {a, b, c};
}
constexpr std::array followings = {
    Following{"", "escalate to", Space::roles, any_kind},
    Following{"", "escalated to", Space::roles, any_kind},
    Following{"", "then to", Space::roles, any_kind},
    Following{"", "alert", Space::roles, any_kind},
    Following{"", "by", Space::roles, any_kind},
    Following{"", "hours in", Space::calendars, any_kind},
    Following{"", "hour in", Space::calendars, any_kind},
    Following{"", "days in", Space::calendars, any_kind},
    Following{"", "day in", Space::calendars, any_kind},
    Following{"role", "above", Space::roles, any_kind},
    Following{"", "do", Space::shared, only(Kind::action)},
    Following{"", "forbid", Space::shared, only(Kind::action)},
    Following{"", "offer one of", Space::shared, only(Kind::action)},
    Following{"", "say", Space::scripts, any_kind},
    Following{"", "ask", Space::shared, only(Kind::fact)},
    Following{"", "question", Space::shared, only(Kind::fact)},
    Following{"", "changing", Space::shared, only(Kind::fact)},
    Following{"", "overrides", Space::rules, any_kind},
    Following{"", "before", Space::phases, any_kind},
    Following{"action", "phase", Space::phases, any_kind},
    Following{"", "record", Space::shared, only(Kind::event)},
    Following{"", "time since last", Space::shared, only(Kind::event)},
    Following{"", "set", Space::shared, only(Kind::answer)},
    Following{"", "mentions", Space::shared, only(Kind::phrases)},
    Following{"", "severity of", Space::shared, only(Kind::need)},
    Following{"answer", "as", Space::shared, only(Kind::define, Kind::table)},
    Following{"authority", "authority", Space::shared, only(Kind::action)},
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

class Completing {
 public:
  Completing(Manuscript const& manuscript, Sheet const& sheet, Setting const& setting)
      : index_{*manuscript.index}, sheet_{sheet}, setting_{setting}, found_{manuscript} {}

  std::vector<Suggestion> run() {
    switch (setting_.place) {
      case Setting::Place::nowhere:
        break;
      case Setting::Place::slot:
        found_.names(Space::shared,
                     {Kind::fact, Kind::answer, Kind::parameter, Kind::define, Kind::table});
        break;
      case Setting::Place::first_column:
        found_.phrases("");
        break;
      case Setting::Place::line_begin:
        line_begin();
        break;
      case Setting::Place::within_line:
        within_line();
        break;
    }
    return found_.take();
  }

 private:
  std::string_view word(std::size_t back) const { return word_back(setting_, back); }

  /// The last of the words that stands at the beginning of a line, or opens a part of a rule.
  std::string_view part() const {
    for (auto token = setting_.before.rbegin(); token != setting_.before.rend(); ++token) {
      auto const text = (*token)->text;
      if ((*token)->kind != ast::TokenKind::word) continue;
      if (setting_.keyword == "rule" && is_one_of(text, {"then", "when", "because"})) {
        bool const is_step =
            text == "then" && token != setting_.before.rbegin() && (*(token - 1))->text == "to";
        bool const is_and_then =
            text == "then" && token + 1 != setting_.before.rend() && (*(token + 1))->text == "and";
        if (!is_step && !is_and_then) return text;
      }
      if (setting_.keyword == "test" && is_one_of(text, {"given", "expect"})) return text;
    }
    return {};
  }

  void line_begin() {
    auto const where = part();
    if (setting_.keyword == "rule") {
      if (where == "then") {
        found_.phrases("then");
        found_.names(Space::shared, {Kind::need});
      } else if (where != "because") {
        if (where == "when") found_.phrases("condition");
        found_.phrases("rule");
      }
    } else if (setting_.keyword == "test") {
      test_line(where);
    } else {
      found_.phrases(setting_.keyword);
      if (setting_.keyword == "source") found_.names(Space::shared, {Kind::fact});
      if (setting_.keyword == "authority") found_.names(Space::roles);
      if (is_one_of(setting_.keyword, {"define", "action"})) found_.phrases("condition");
      if (setting_.keyword == "table") cell();
    }
  }

  void test_line(std::string_view where) {
    if (where == "given") {
      found_.phrases("given");
      found_.names(Space::shared, {Kind::fact, Kind::event});
    } else if (where == "expect") {
      found_.phrases("expect");
      found_.conditions();
    } else {
      found_.phrases("test");
    }
  }

  void within_line() {
    if (declaring()) return;
    if (setting_.keyword == "table" && cell()) return;
    if (arguments()) return;
    if (following()) return;
    if (values()) return;
    condition();
  }

  /// Types, and what else is said where something is declared. True where nothing else can stand.
  bool declaring() {
    auto const last = word(1);
    auto const& keyword = setting_.keyword;
    if (setting_.before.size() == 1 && last == "need") {
      found_.words({"functional", "psychological"}, "kind of need");
      return true;
    }
    if (setting_.before.size() == 1 && keyword == "term") {
      found_.termed();
      return true;
    }
    if (setting_.before.size() == 1 && keyword != "authority") return true;  // a new name
    if (last == "gives" || is_one_of(last, {"private", "public", "confidential"}) ||
        (is_one_of(last, {"of"}) && is_one_of(word(2), {"set", "list"}))) {
      found_.types();
      return true;
    }
    bool const is_declaring = is_one_of(keyword, {"fact", "event", "answer", "action"}) ||
                              (keyword == "define" && setting_.before.size() == 3);
    if (is_declaring && last == "is" && !is_within(keyword, "requires")) {
      found_.types();
      return true;
    }
    if (keyword == "table" && last == "hit") {
      found_.words({"first", "unique", "collect largest", "collect smallest", "collect sum"},
                   "which rows count");
      return true;
    }
    if (keyword == "calendar" && (last == "open" || (last == "to" && word(3) == "open"))) {
      found_.words({"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"},
                   "day of the week");
      return true;
    }
    if (last == "default") {
      found_.values(type_named(std::string{word_back(setting_, setting_.before.size() - 1)}));
      return true;
    }
    if (keyword == "answer" && last == ",") {
      found_.words({"largest", "smallest", "default"}, "what rules write together");
      return true;
    }
    return false;
  }

  /// Whether the current line, or one before it, began with the word.
  bool is_within(std::string_view keyword, std::string_view first) const {
    return setting_.keyword == keyword &&
           std::ranges::any_of(setting_.before,
                               [&](auto const* token) { return token->text == first; });
  }

  Written type_named(std::string const& name) const { return find_type(index_, sheet_, name, 0); }

  /// A cell of a table: the values of its column.
  bool cell() {
    std::size_t const first = setting_.lines.back();
    std::size_t const bars = static_cast<std::size_t>(
        std::count_if(setting_.before.begin() + static_cast<std::ptrdiff_t>(first),
                      setting_.before.end(), [](auto const* token) { return token->text == "|"; }));
    std::vector<std::string> columns = header();
    if (columns.empty() || bars >= columns.size()) return false;
    bool const begins = first == setting_.before.size() || word(1) == "|" || word(1) == "or";
    if (!begins) return false;
    auto const name = std::string{word_back(setting_, setting_.before.size() - 1)};
    auto type = type_named(columns[bars]);
    if (type.type == nullptr) type = type_named(name + "." + columns[bars]);
    if (type.type == nullptr) type = type_named(name);
    found_.values(type);
    found_.words({"-"}, "anything");
    if (columns[bars] == "when") found_.conditions();
    return true;
  }

  /// The names of the columns: the first line with a bar before the cursor's.
  std::vector<std::string> header() const {
    for (std::size_t line = 0; line + 1 < setting_.lines.size(); ++line) {
      std::vector<std::string> columns;
      bool has_bar = false;
      for (auto at = setting_.lines[line]; at < setting_.lines[line + 1]; ++at) {
        auto const* token = setting_.before[at];
        if (token->text == "|") has_bar = true;
        if (token->kind != ast::TokenKind::symbol) columns.emplace_back(token->text);
      }
      if (has_bar) return columns;
    }
    return {};
  }

  /// Behind `do ACTION` or `record EVENT`: what it takes, and the values of that.
  bool arguments() {
    std::size_t at = setting_.before.size();
    std::size_t const line = setting_.lines.empty() ? 0 : setting_.lines.back();
    while (at > line && !begins_doing(at)) --at;
    if (at <= line || at >= setting_.before.size()) return false;
    auto const owner = setting_.before[at]->text;
    std::vector<std::string_view> given;
    for (auto next = at + 1; next < setting_.before.size(); ++next)
      given.push_back(setting_.before[next]->text);
    if (!given.empty()) {
      auto const* member =
          find_known(index_, Space::members, std::string{owner} + "." + std::string{given.back()});
      if (member != nullptr) {
        found_.values(find_type(index_, *member));
        found_.names(Space::shared, {Kind::parameter, Kind::fact, Kind::table, Kind::define});
        return true;
      }
      if (is_one_of(given.back(),
                    {"by", "within", "of", "after", "in", "each", "(", "to", "and", "is"}) ||
          given.back() == ",")
        return false;
    }
    found_.members(owner, given);
    bool const is_event = setting_.before[at - 1]->text == "record";
    if (!is_event) found_.phrases("after action");
    return true;
  }
  bool begins_doing(std::size_t at) const {
    if (at == 0 || at >= setting_.before.size()) return false;
    auto const word = setting_.before[at - 1]->text;
    return word == "do" || word == "record" ||
           (word == "of" && at > 1 && setting_.before[at - 2]->text == "one" && at > 2 &&
            setting_.before[at - 3]->text == "offer");
  }

  bool following() {
    auto const listed = before_list();
    for (auto const& row : followings) {
      if (!row.keyword.empty() && row.keyword != setting_.keyword) continue;
      if (!follows(listed, row.words)) continue;
      if (row.kinds == any_kind)
        found_.names(row.space);
      else
        found_.names(row.space, {row.kinds[0], row.kinds[1], row.kinds[2]});
      return true;
    }
    if (follows(setting_, "to") && adds()) {
      found_.names(Space::shared, {Kind::score, Kind::answer});
      return true;
    }
    if (follows(setting_, "to") && sets()) return true;
    return in_list();
  }

  bool in_list() {
    if (follows(setting_, "count of")) {
      found_.names(Space::shared, {Kind::event, Kind::fact});
      found_.words({"needs", "functional needs", "psychological needs"}, "needs");
      return true;
    }
    if (follows(setting_, "any") || follows(setting_, "every")) {
      found_.words({"need is", "functional need is", "psychological need is", "item in"}, "of all");
      found_.names(Space::shared, {Kind::event});
      return true;
    }
    if (follows(setting_, "in")) {
      found_.words({"last"}, "a span of time");
      lists();
      return true;
    }
    return false;
  }

  void lists() {
    for (auto const& known : index_.known) {
      bool const is_list = known.kind == Kind::fact && known.type != nullptr &&
                           known.type->form == ast::TypeName::Form::list_of;
      if (is_list) found_.words({known.name}, "list");
    }
  }

  /// The setting before a list that is being written: `overrides a, b, |`.
  Setting before_list() const {
    Setting before = setting_;
    while (before.before.size() >= 2 && before.before.back()->text == ",") {
      auto const kind = before.before[before.before.size() - 2]->kind;
      bool const is_item = kind == ast::TokenKind::word || kind == ast::TokenKind::path ||
                           kind == ast::TokenKind::text;
      if (!is_item) break;
      before.before.resize(before.before.size() - 2);
    }
    return before;
  }

  bool adds() const { return line_has("add"); }
  bool sets() {
    auto const line = setting_.lines.empty() ? 0 : setting_.lines.back();
    for (auto at = line; at + 2 < setting_.before.size(); ++at) {
      if (setting_.before[at]->text != "set") continue;
      found_.values(type_named(std::string{setting_.before[at + 1]->text}));
      found_.names(Space::shared, {Kind::parameter, Kind::define, Kind::table, Kind::fact});
      return true;
    }
    return false;
  }
  bool line_has(std::string_view word) const {
    auto const line = setting_.lines.empty() ? 0 : setting_.lines.back();
    return std::any_of(setting_.before.begin() + static_cast<std::ptrdiff_t>(line),
                       setting_.before.end(),
                       [&](auto const* token) { return token->text == word; });
  }

  /// Behind a comparison: the values of what is compared.
  bool values() {
    auto const before = before_list();
    for (std::string_view const words : {"is not one of", "is one of", "is at least", "is not",
                                         "is", "contains", "<=", ">=", "<", ">"}) {
      if (!follows(before, words)) continue;
      auto const count = static_cast<std::size_t>(std::ranges::count(words, ' ')) + 1;
      compared(std::string{word_back(before, count + 1)}, words);
      return true;
    }
    return false;
  }

  void compared(std::string const& name, std::string_view words) {
    auto const* known = find_known(index_, Space::shared, name);
    bool const is_need = name == "need" || (known != nullptr && known->kind == Kind::need);
    if (is_need) found_.words({"violated", "threatened", "met"}, "state of a need");
    if (known != nullptr && known->kind == Kind::action && words == "is")
      found_.words({"advised"}, "in the plan");
    found_.values(type_in_reach(name));
    if (words == "is" || words == "is not") {
      if (is_need) found_.words({"at least"}, "this or worse");
      if (words == "is" && !is_need)
        found_.words({"not", "one of", "known", "unknown", "none"}, "test");
    }
    if (is_need) return;
    found_.names(Space::shared, {Kind::parameter, Kind::define, Kind::fact, Kind::table});
  }

  /// The type of a name, which may be a field of a list or event that the line speaks of.
  Written type_in_reach(std::string const& name) const {
    auto const type = type_named(name);
    if (type.type != nullptr) return type;
    for (auto const& list : lists_in_reach()) {
      auto const field = type_named(list + "." + name);
      if (field.type != nullptr) return field;
    }
    return {};
  }

  /// Lists and events that are named before the cursor: what stands in brackets may be their
  /// fields.
  std::vector<std::string> lists_in_reach() const {
    std::vector<std::string> lists;
    for (auto token = setting_.before.rbegin(); token != setting_.before.rend(); ++token) {
      auto const* known = find_known(index_, Space::shared, (*token)->text);
      bool const is_list = known != nullptr && known->kind == Kind::fact &&
                           known->type != nullptr &&
                           known->type->form == ast::TypeName::Form::list_of;
      if (is_list || (known != nullptr && known->kind == Kind::event)) lists.push_back(known->name);
    }
    return lists;
  }

  void condition() {
    auto const last = word(1);
    if (setting_.keyword == "test" && last == "expect") return test_line("expect");
    if (setting_.keyword == "test" && (last == "given" || part() == "given"))
      return test_line("given");
    if (setting_.keyword == "rule" && part() == "then") {
      if (last == "then") {
        found_.phrases("then");
        found_.names(Space::shared, {Kind::need});
        return;
      }
    }
    bool const is_open =
        is_one_of(last, {"when",      "and",      "or",     "not",    "if",       "(",
                         "otherwise", "whenever", "always", "never",  "possibly", "certainly",
                         "requires",  "as",       "then",   "expect", "without",  "+",
                         "-",         "*",        "/",      ","});
    if (is_open) {
      for (auto const& list : lists_in_reach())
        if (std::ranges::count(texts(), "(") > std::ranges::count(texts(), ")"))
          found_.members(list);
      found_.conditions();
      return;
    }
    if (find_known(index_, Space::shared, last)) found_.phrases("after value");
    found_.phrases("condition");
  }
  std::vector<std::string_view> texts() const {
    std::vector<std::string_view> all;
    for (auto const* token : setting_.before) all.push_back(token->text);
    return all;
  }

  Index const& index_;
  Sheet const& sheet_;
  Setting const& setting_;
  Suggestions found_;
};

}  // namespace

Completion complete(Manuscript const& manuscript, Position at) {
  auto const file = static_cast<std::size_t>(at.file);
  if (file >= manuscript.sheets.size()) return {};
  auto const& sheet = *manuscript.sheets[file];
  auto const setting = find_setting(sheet, at.offset);
  return {setting.word, Completing{manuscript, sheet, setting}.run()};
}

}  // namespace heed::author
