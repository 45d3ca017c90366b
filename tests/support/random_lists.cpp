#include "tests/support/random_lists.hpp"

namespace heed::support {

namespace {

using Texts = std::vector<std::string>;

/// A list with the name by which it can be asked here.
struct Reachable {
  std::string name;
  ListName const* list = nullptr;
};

/// Whether an item further inside has an inner list of this name: a bare name means that one.
bool is_hidden(Writer const& writer, std::size_t at, std::string const& name) {
  for (++at; at < writer.inside.size(); ++at) {
    for (auto const& inner : writer.inside[at].list->inner) {
      if (inner.name == name) return true;
    }
  }
  return false;
}

/// Lists of the case, and inner ones of the items around.
std::vector<Reachable> reachable(Writer const& writer) {
  std::vector<Reachable> found;
  for (auto const& list : writer.names.lists) found.push_back({list.name, &list});
  for (std::size_t at = 0; at < writer.inside.size(); ++at) {
    for (auto const& inner : writer.inside[at].list->inner) {
      if (!is_hidden(writer, at, inner.name)) found.push_back({inner.name, &inner});
    }
  }
  if (!writer.inside.empty()) {
    auto const& [list, item] = writer.inside.back();
    for (auto const& inner : list->inner) found.push_back({item + "." + inner.name, &inner});
  }
  return found;
}

/// One of them, mostly an inner one where there is any; none where there is no list.
Reachable random_list(Writer& writer) {
  auto const lists = reachable(writer);
  if (lists.empty()) return {};
  return writer.chance.percent(50) ? lists.back() : writer.chance.pick(lists);
}

class Entered {
 public:
  Entered(Writer& writer, ListName const* list, std::string item) : writer_{writer} {
    writer_.inside.push_back({list, std::move(item)});
  }
  ~Entered() { writer_.inside.pop_back(); }
  Entered(Entered const&) = delete;
  Entered& operator=(Entered const&) = delete;

 private:
  Writer& writer_;
};

std::string random_where(Writer& writer, int depth) {
  if (writer.chance.percent(35)) return "";
  return " where " + random_condition(writer, depth - 1);
}

std::string random_count(Writer& writer, int depth) {
  auto const one = random_list(writer);
  Entered const entered{writer, one.list, "item"};
  return "count of " + one.name + random_where(writer, depth);
}

bool adds_up(TypeText const& type) {
  return type.kind == Kind::whole || type.kind == Kind::number || type.kind == Kind::money ||
         type.kind == Kind::duration;
}

}  // namespace

std::vector<Named> item_fields(Writer const& writer) {
  if (writer.inside.empty()) return {};
  auto const& [list, item] = writer.inside.back();
  auto fields = list->fields;
  for (auto& field : fields) {
    if (list->is_single) field.name = item;
  }
  return fields;
}

std::vector<std::string> item_names(Writer const& writer, TypeText const& type) {
  Texts found;
  for (auto const& field : item_fields(writer)) {
    if (!fits(field.type, type)) continue;
    found.push_back(field.name);
    auto const& [list, item] = writer.inside.back();
    if (!list->is_single) found.push_back(item + "." + field.name);
  }
  for (auto const& [list, item] : writer.inside) {
    for (auto const& field : list->fields) {
      if (!list->is_single && fits(field.type, type)) found.push_back(field.name);
    }
  }
  return found;
}

std::string random_item_test(Writer& writer, int depth) {
  auto& chance = writer.chance;
  auto const one = random_list(writer);
  if (!one.list) return "";
  if (writer.names.words == Words::all && chance.percent(8)) {
    return one.name + chance.pick(Texts{" is known", " is unknown"});
  }
  if (chance.percent(25)) {
    auto const relation = chance.pick(Texts{"<", "<=", ">", ">=", "is", "is not"});
    return random_count(writer, depth) + " " + relation + " " + std::to_string(chance.below(4));
  }
  auto const item = "it" + std::to_string(writer.inside.size());
  Entered const entered{writer, one.list, item};
  return chance.pick(Texts{"any ", "every "}) + item + " in " + one.name + " has " +
         random_condition(writer, depth - 1);
}

std::string random_aggregate(Writer& writer, TypeText const& type, int depth) {
  auto& chance = writer.chance;
  auto const one = random_list(writer);
  if (!one.list) return "";
  if (type.kind == Kind::whole && chance.percent(40)) return random_count(writer, depth);
  auto how = chance.pick(Texts{"smallest of ", "largest of "});
  if (adds_up(type) && chance.percent(60)) how = "sum of ";
  Entered const entered{writer, one.list, "item"};
  Texts names;
  for (auto const& field : item_fields(writer)) {
    if (fits(field.type, type)) names.push_back(field.name);
  }
  bool const only_named = type.kind == Kind::choice;  // a word alone does not say whose value it is
  if (only_named && names.empty()) return "";
  auto const of = !names.empty() && (only_named || chance.percent(75))
                      ? chance.pick(names)
                      : "(" + random_value(writer, type, depth - 1) + ")";
  return how + of + " in " + one.name + random_where(writer, depth);
}

std::string enter_each(Writer& writer) {
  if (writer.names.lists.empty()) return "";
  auto const& list = writer.chance.pick(writer.names.lists);
  auto const text = " for each one in " + list.name;
  writer.inside.push_back({&list, "one"});
  return text + random_where(writer, 2);
}

}  // namespace heed::support
