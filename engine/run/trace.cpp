#include "engine/run/trace.hpp"

#include <algorithm>

#include "engine/compile/parts.hpp"
#include "engine/run/assemble.hpp"
#include "engine/run/kleene.hpp"
#include "engine/run/lists.hpp"
#include "engine/run/targets.hpp"

namespace heed::run {
namespace {

using Read = ConditionTrace::Read;

std::string_view word_of(NeedState state) {
  switch (state) {
    case NeedState::met:
      return "met";
    case NeedState::threatened:
      return "threatened";
    case NeedState::violated:
      return "violated";
  }
  return {};
}

/// How many items of a list are shown: those that decide, from the first on.
constexpr std::size_t items_shown_max = 3;

/// An item that is looked at: `order.items[0]`.
struct Looked {
  std::string name;
  Shape const* shape = nullptr;
};

/// Gathers reads; each name once.
class Reads {
 public:
  explicit Reads(Frame& frame) : frame_{frame} {}

  void into(Expression const& expression) {
    if (auto const* fact = std::get_if<FactValue>(&expression.form))
      add_value(policy().facts[index(fact->fact)].name, expression);
    if (auto const* score = std::get_if<ScoreValue>(&expression.form))
      add_value(policy().scores[index(score->score)].name, expression);
    if (auto const* answer = std::get_if<AnswerValue>(&expression.form))
      add_value(policy().answers[index(answer->answer)].name, expression);
    if (std::holds_alternative<NowValue>(expression.form)) add_value("now", expression);
    if (std::holds_alternative<TodayValue>(expression.form)) add_value("today", expression);
    if (auto const* severity = std::get_if<SeverityValue>(&expression.form))
      add_value("severity of " + policy().needs[index(severity->need)].name, expression);
    if (auto const* action = std::get_if<AdvisedTest>(&expression.form))
      add_value(policy().actions[index(action->action)].name, expression);
    if (auto const* joined = std::get_if<JoinedValue>(&expression.form)) {
      auto const& action = policy().actions[index(joined->action)];
      add_value(action.name + "." + action.takes[joined->parameter].name, expression);
    }
    if (auto const* need = std::get_if<NeedTest>(&expression.form)) add_need(need->need);
    if (auto const* any = std::get_if<AnyNeedTest>(&expression.form)) add_needs(any->needs);
    if (auto const* count = std::get_if<NeedCount>(&expression.form)) add_needs(count->needs);
    if (auto const* define = std::get_if<DefineValue>(&expression.form))
      into_define(define->define, expression);
    if (auto const* table = std::get_if<TableValue>(&expression.form))
      into_table(*table, expression);
    if (auto const* field = std::get_if<ItemField>(&expression.form))
      add_value(name_of(*field), expression);
    if (auto const* test = std::get_if<ItemTest>(&expression.form)) return into_test(*test);
    if (auto const* aggregate = std::get_if<Aggregate>(&expression.form))
      return into_aggregate(*aggregate);
    if (auto const* window = std::get_if<EventWindow>(&expression.form))
      return into_past(*window, expression);
    if (auto const* since = std::get_if<TimeSince>(&expression.form))
      return into_past(*since, expression);
    compiling::for_each_part(expression, [this](Expression const& part) { into(part); });
  }

  std::vector<Read> list;

 private:
  Policy const& policy() const { return frame_.policy(); }

  /// False where the name is there already.
  bool add(Read read) {
    auto const same = [&read](Read const& other) { return other.name == read.name; };
    if (std::ranges::any_of(list, same)) return false;
    list.push_back(std::move(read));
    return true;
  }

  bool add_value(std::string name, Expression const& expression) {
    auto const* value = settled_value_of(frame_, expression);
    return add(
        {std::move(name), show_outcome(value, expression.type, policy().zone), value != nullptr});
  }

  void add_needs(std::vector<NeedId> const& needs) {
    for (auto const need : needs) add_need(need);
  }

  void add_need(NeedId need) {
    auto const& bounds = frame_.needs[index(need)];
    auto const is_known = bounds.state == bounds.could_be;
    add({policy().needs[index(need)].name,
         is_known ? Shown{std::string{word_of(bounds.state)}} : Shown{}, is_known});
  }

  void into_define(DefineId id, Expression const& expression) {
    auto const& define = policy().defines[index(id)];
    if (add_value(define.name, expression)) into(*define.value);
  }

  std::string name_of(ItemField const& form) const {
    auto const& looked = looked_[looked_.size() - 1 - form.up];
    auto const& field = looked.shape->fields[form.field].name;
    return field.empty() ? looked.name : looked.name + "." + field;
  }

  std::string name_of_list(Expression const& of) const {
    if (auto const* field = std::get_if<ItemField>(&of.form)) return name_of(*field);
    return policy().facts[index(std::get<FactValue>(of.form).fact)].name;
  }

  /// The number of items, and what is read of the first ones for which `decides` holds.
  template <class Decides>
  void into_items(Expression const& of, std::initializer_list<Expression const*> conditions,
                  Decides const& decides) {
    auto const name = name_of_list(of);
    auto const* items = items_of(frame_, of);
    if (items == nullptr) return void(add({name, Shown{}, false}));
    auto const count = Shown{Shown::Decimal{std::to_string(items->size())}};
    add({"count of " + name, count, true});
    std::size_t at = 0, shown = 0;
    for_each_item(frame_, of, [&](Bound const& item) {
      Binding const binding{frame_, item};
      auto const number = at++;
      if (shown == items_shown_max || !decides()) return;
      ++shown;
      looked_.push_back({name + "[" + std::to_string(number) + "]", of.type.shape.get()});
      for (auto const* condition : conditions)
        if (condition != nullptr) into(*condition);
      looked_.pop_back();
    });
  }

  void into_test(ItemTest const& form) {
    auto const truth = evaluate(frame_, form);
    into_items(*form.list, {form.has.get()}, [&] { return truth_of(frame_, *form.has) == truth; });
  }

  void into_aggregate(Aggregate const& form) {
    into_items(*form.list, {form.where.get(), form.of.get()},
               [&] { return fits(frame_, form.where) != Truth::no; });
  }

  /// What the events come to, and what is read beside them.
  template <class Form>
  void into_past(Form const& form, Expression const& expression) {
    if (!add_value(expression.text, expression)) return;
    if constexpr (std::is_same_v<Form, EventWindow>) into(*form.last);
    if (form.where) into_beside(*form.where);
  }

  void into_beside(Expression const& where) {
    if (!reads_item(where)) return into(where);
    compiling::for_each_part(where, [this](Expression const& part) { into_beside(part); });
  }

  void into_table(TableValue const& form, Expression const& expression) {
    auto const& table = policy().tables[index(form.table)];
    auto const& result = table.results[form.result].name;
    if (!add_value(result.empty() ? table.name : table.name + "." + result, expression)) return;
    for (auto const& row : table.rows)
      for (auto const& cell : row.cells) into(*cell);
  }

  Frame& frame_;
  std::vector<Looked> looked_;  // as Frame::items
};

}  // namespace

bool joins_conditions(Expression const& expression) {
  auto const& form = expression.form;
  return std::holds_alternative<AllOf>(form) || std::holds_alternative<AnyOf>(form) ||
         std::holds_alternative<AndThen>(form) || std::holds_alternative<Not>(form) ||
         std::holds_alternative<Possibly>(form) || std::holds_alternative<Certainly>(form) ||
         std::holds_alternative<AtLeastOf>(form);
}

std::vector<Read> list_reads(Frame& frame, Expression const& expression) {
  Reads reads{frame};
  reads.into(expression);
  return std::move(reads.list);
}

ConditionTrace trace(Frame& frame, Expression const& condition) {
  ConditionTrace trace;
  trace.text = condition.text;
  trace.where = condition.where;
  trace.truth = truth_of(frame, condition);
  trace.is_sequence = std::holds_alternative<AndThen>(condition.form);
  trace.is_conjunction = trace.is_sequence || std::holds_alternative<AllOf>(condition.form);
  if (!joins_conditions(condition)) {
    trace.reads = list_reads(frame, condition);
    return trace;
  }
  compiling::for_each_part(
      condition, [&](Expression const& part) { trace.parts.push_back(run::trace(frame, part)); });
  return trace;
}

ConditionTrace const& find_stop(ConditionTrace const& when) {
  if (!when.is_conjunction) return when;
  auto const stops = [&when](ConditionTrace const& part) { return part.truth == when.truth; };
  auto const first = std::ranges::find_if(when.parts, stops);
  return first == when.parts.end() ? when : find_stop(*first);
}

std::vector<ConditionTrace> find_stops(ConditionTrace const& when) {
  if (when.truth == Truth::yes) return {};
  if (!when.is_conjunction) return {when};
  std::vector<ConditionTrace> stops;
  for (auto const& part : when.parts) {
    auto const inside = find_stops(part);
    stops.insert(stops.end(), inside.begin(), inside.end());
    if (when.is_sequence && part.truth != Truth::yes) break;
  }
  return stops;
}

}  // namespace heed::run
