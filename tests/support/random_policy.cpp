#include "tests/support/random_policy.hpp"

#include <algorithm>

#include "tests/support/random_expressions.hpp"
#include "tests/support/random_rules.hpp"
#include "tests/support/random_texts.hpp"
#include "tests/support/random_vocabulary.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

std::string number(std::size_t at) {
  return std::to_string(at);
}

TypeText of_kind(Kind kind, std::string const& written) {
  TypeText type;
  type.kind = kind;
  type.written = written;
  return type;
}

TypeText random_value_type(Chance& chance, Vocabulary const& names) {
  static std::vector<TypeText> const simple{
      of_kind(Kind::truth, "yes or no"), of_kind(Kind::number, "number"),
      of_kind(Kind::money, "money"),     of_kind(Kind::duration, "duration"),
      of_kind(Kind::date, "date"),       of_kind(Kind::text, "text")};
  return chance.percent(30) ? chance.pick(names.choices) : chance.pick(simple);
}

void make_define(Chance& chance, Vocabulary& names, std::size_t at, Texts& declarations) {
  Named define{"d" + number(at), random_value_type(chance, names),
               static_cast<int>(chance.below(levels))};
  Writer writer{chance, names, define.level};
  auto text = "define " + define.name + random_texts(chance, "Define");
  if (define.type.kind == Kind::truth) {
    text += " as " + random_condition(writer, 2);
  } else {
    auto type = define.type;
    if (type.kind == Kind::money) type.currency = chance.percent(80) ? "ILS" : "USD";
    auto const value = random_value(writer, type, 2);
    auto const other = random_value(writer, type, 1);
    text += " is " + define.type.written + " as (" + value + " if " + random_condition(writer, 1) +
            ", otherwise " + other + ")";
  }
  declarations.push_back(text + "\n");
  names.computed.push_back(define);
}

std::string random_cell(Writer& writer, TypeText const& type) {
  auto& chance = writer.chance;
  auto const value = [&] { return random_literal(chance, type); };
  if (chance.percent(25)) return "-";
  bool const ordered = type.kind != Kind::truth && type.kind != Kind::text &&
                       (type.kind != Kind::choice || type.ordered);
  if (ordered && chance.percent(30)) return chance.pick(Texts{">= ", "< ", "> ", "<= "}) + value();
  if (type.kind == Kind::whole && chance.percent(40)) {
    auto const from = chance.below(4);
    return number(from) + " up to " + number(from + 1 + chance.below(3));
  }
  if (type.kind == Kind::duration && chance.percent(40)) return "1 hour up to 2 days";
  if (type.kind == Kind::choice && type.ordered && chance.percent(30)) {
    return type.values.front() + " up to " + type.values.back();
  }
  if (type.kind != Kind::truth && chance.percent(30)) return value() + " or " + value();
  return value();
}

struct Columns {
  std::vector<Named> read;
  bool when = false;
};

Columns random_columns(Chance& chance, Vocabulary const& names, int level) {
  Columns columns;
  columns.when = chance.percent(30);
  auto from = names.facts;
  for (auto const& one : names.computed) {
    if (one.level <= level && one.name.starts_with("d")) from.push_back(one);
  }
  for (std::size_t i = 0; i < 1 + chance.below(2); ++i) {
    auto const& one = chance.pick(from);
    auto const same = [&](Named const& other) { return other.name == one.name; };
    if (one.type.kind == Kind::set) continue;
    if (std::none_of(columns.read.begin(), columns.read.end(), same)) columns.read.push_back(one);
  }
  if (columns.read.empty()) columns.when = true;
  return columns;
}

std::string random_row(Writer& writer, Columns const& columns, std::vector<TypeText> const& gives) {
  std::string row = "  ";
  if (columns.when) {
    row += (writer.chance.percent(25) ? "-" : random_condition(writer, 1)) + " | ";
  }
  for (auto const& column : columns.read) row += random_cell(writer, column.type) + " | ";
  for (std::size_t i = 0; i < gives.size(); ++i) {
    row += (i == 0 ? "" : " | ") + random_value(writer, gives[i], 1);
  }
  return row + "\n";
}

void make_table(Chance& chance, Vocabulary& names, std::size_t at, Texts& declarations) {
  auto const level = static_cast<int>(chance.below(levels));
  auto const name = "table" + number(at);
  bool const several = chance.percent(25);
  static Texts const hits{"first", "unique", "collect largest", "collect smallest", "collect sum"};
  auto const hit = several ? hits[chance.below(2)] : chance.pick(hits);
  std::vector<TypeText> gives{random_value_type(chance, names)};
  if (hit.starts_with("collect")) {
    gives[0] = chance.percent(50) ? of_kind(Kind::number, "number") : of_kind(Kind::money, "money");
  }
  if (several) gives.push_back(of_kind(Kind::whole, "whole number"));
  auto text = "table " + name + random_texts(chance, "Table") + " gives ";
  text += several ? "first is " + gives[0].written + ", second is " + gives[1].written
                  : gives[0].written;
  text += "\n  hit " + hit + "\n";
  Writer writer{chance, names, level};
  auto const columns = random_columns(chance, names, level);
  text += columns.when ? "  when | " : "  ";
  for (auto const& column : columns.read) text += column.name + " | ";
  text += several ? "first | second\n" : name + "\n";
  for (std::size_t i = 0; i < 1 + chance.below(4); ++i) text += random_row(writer, columns, gives);
  declarations.push_back(text);
  if (!several) return names.computed.push_back({name, gives[0], level});
  names.computed.push_back({name + ".first", gives[0], level});
  names.computed.push_back({name + ".second", gives[1], level});
}

void make_reports(Chance& chance, Vocabulary& names, Texts& declarations) {
  auto const computed = names.computed;
  for (std::size_t i = 0; i < computed.size(); ++i) {
    if (!chance.percent(25) || computed[i].name.find('.') != std::string::npos) continue;
    auto const name = "report" + number(i);
    declarations.push_back("answer " + name + random_texts(chance, "Report") + " as " +
                           computed[i].name + "\n");
    names.computed.push_back({name, computed[i].type, computed[i].level});
  }
}

void make_action(Chance& chance, Vocabulary& names, std::size_t at, Texts& declarations) {
  ActionName action{"a" + number(at), {}, static_cast<int>(chance.below(levels))};
  auto text = "action " + action.name + random_texts(chance, "Action") + "\n";
  if (chance.percent(80)) text += "  phase " + chance.pick(names.phases) + "\n";
  for (std::size_t i = 0; i < chance.below(3); ++i) {
    ActionName::Takes one{"k" + number(i), random_value_type(chance, names)};
    bool const joins = one.type.kind == Kind::number || one.type.kind == Kind::money ||
                       one.type.kind == Kind::duration;
    text += "  takes " + one.name + " is " + one.type.written;
    one.joins = joins && chance.percent(70);
    if (one.joins) text += chance.pick(Texts{", largest", ", smallest", ", sum"});
    text += "\n";
    action.takes.push_back(one);
  }
  Writer writer{chance, names, action.level};
  if (chance.percent(40)) text += "  requires " + random_condition(writer, 2) + "\n";
  if (chance.percent(20)) text += "  internal to warehouse\n";
  declarations.push_back(text);
  names.actions.push_back(action);
}

/// Who may give how much. Nothing that rules read hangs on it, so it may read everything.
void make_authority(Chance& chance, Vocabulary const& names, Texts& declarations) {
  if (names.lines.empty()) return;
  Writer writer{chance, names, levels};
  for (auto const& action : names.actions) {
    for (auto const& takes : action.takes) {
      auto const kind = takes.type.kind;
      bool const measured = kind == Kind::number || kind == Kind::money || kind == Kind::duration ||
                            kind == Kind::date || (kind == Kind::choice && takes.type.ordered);
      if (!measured || !chance.percent(50)) continue;
      auto text = "authority " + action.name + "." + takes.name + "\n";
      for (std::size_t i = 0; i < 1 + chance.below(4); ++i) {
        text += "  " + chance.pick(chance.pick(names.lines));
        text += chance.percent(15) ? " unlimited" : " up to " + random_value(writer, takes.type, 1);
        if (chance.percent(50)) text += " when " + random_condition(writer, 1);
        text += "\n";
      }
      declarations.push_back(text);
    }
  }
}

}  // namespace

RandomPolicy random_policy(std::uint64_t seed, int size, Words words) {
  Chance chance{seed};
  RandomPolicy policy;
  auto names = random_vocabulary(chance, size, words, policy.declarations);
  auto const count = static_cast<std::size_t>(size);
  for (std::size_t i = 0; i < 1 + count / 2; ++i) {
    if (chance.percent(60)) make_define(chance, names, i, policy.declarations);
    if (chance.percent(50)) make_table(chance, names, i, policy.declarations);
    make_action(chance, names, i, policy.declarations);
  }
  make_reports(chance, names, policy.declarations);
  make_authority(chance, names, policy.declarations);
  for (auto const& script : names.scripts)
    policy.declarations.push_back("script " + script + "\n " + random_wordings(chance, names) +
                                  "\n");
  for (std::size_t i = 0; i < 2 + count; ++i) {
    policy.declarations.push_back(random_rule(chance, names, "r" + number(i)));
  }
  return policy;
}

std::vector<SourceText> as_one_file(RandomPolicy const& policy) {
  SourceText file{"policy.heed", ""};
  for (auto const& declaration : policy.declarations) file.text += declaration + "\n";
  return {file};
}

std::vector<SourceText> shuffled(RandomPolicy policy, std::uint64_t seed) {
  Chance chance{seed};
  chance.shuffle(policy.declarations);
  std::vector<SourceText> files(1 + chance.below(4));
  for (std::size_t i = 0; i < files.size(); ++i) files[i].name = "part" + number(i) + ".heed";
  for (auto const& declaration : policy.declarations) {
    files[chance.below(files.size())].text += declaration + "\n";
  }
  chance.shuffle(files);
  return files;
}

}  // namespace heed::support
