#include "engine/run/lists.hpp"

#include "engine/run/kleene.hpp"

namespace heed::run {
namespace {

/// What an aggregate takes in.
struct Taken {
  bool is_open = false;  // an item that it may take in is unknown
  std::vector<Value const*> values;
};

Taken take_in(Frame& frame, Aggregate const& form) {
  Taken taken;
  auto const is_known = for_each_item(frame, *form.list, [&](Bound const& item) {
    if (taken.is_open) return;
    Binding const binding{frame, item};
    auto const truth = fits(frame, form.where);
    if (truth == Truth::no) return;
    auto const* value = settled_value_of(frame, *form.of);
    taken.is_open = truth == Truth::unknown || value == nullptr;
    taken.values.push_back(value);
  });
  taken.is_open = taken.is_open || !is_known;
  return taken;
}

/// The sum over nothing. Money whose type names no currency is a zero that fits any.
Value zero_of(Type const& type) {
  if (type.kind == Kind::money) return Money{Number{0}, type.currency.value_or(no_currency)};
  if (type.kind == Kind::duration) return Duration{};
  return Number{0};
}

Expected<Value const*, Flaw> join(Frame& frame, Aggregate const& form,
                                  std::vector<Value const*> const& values) {
  if (form.how != Aggregate::How::sum) {
    if (values.empty()) return Failure{Flaw::nothing};
    return find_extreme(form.how == Aggregate::How::largest, values);
  }
  auto sum = values.empty() ? zero_of(form.of->type) : *values.front();
  if (std::holds_alternative<None>(sum)) return Failure{Flaw::none};
  for (std::size_t at = 1; at < values.size(); ++at) {
    auto result = compute(Operator::add, sum, *values[at], frame.policy().zone);
    if (!result) return Failure{result.error()};
    sum = std::move(result).value();
  }
  return frame.keep(std::move(sum));
}

Outcome count(Frame& frame, Aggregate const& form) {
  std::int64_t sure = 0;
  std::int64_t possible = 0;
  auto const is_known = for_each_item(frame, *form.list, [&](Bound const& item) {
    Binding const binding{frame, item};
    auto const truth = fits(frame, form.where);
    if (truth == Truth::yes) ++sure;
    if (truth != Truth::no) ++possible;
  });
  if (!is_known) return {};
  return make_bounds(frame.keep(Number{sure}), frame.keep(Number{possible}));
}

}  // namespace

std::vector<Item> const* items_of(Frame& frame, Expression const& list) {
  auto const* value = settled_value_of(frame, list);
  auto const* items = value == nullptr ? nullptr : std::get_if<ListValue>(value);
  return items == nullptr ? nullptr : items->items.get();
}

std::optional<FactId> root_of(Frame const& frame, Expression const& list) {
  if (auto const* fact = std::get_if<FactValue>(&list.form)) return fact->fact;
  auto const* field = std::get_if<ItemField>(&list.form);
  ensure(field != nullptr);
  return frame.items[frame.items.size() - 1 - field->up].list;
}

Truth fits(Frame& frame, ExpressionPtr const& where) {
  return where ? truth_of(frame, *where) : Truth::yes;
}

Truth is_carried_out(Frame& frame, Do const& what) {
  if (!what.for_each) return Truth::yes;
  auto truth = Truth::no;
  auto const is_known = for_each_item(frame, *what.for_each->list, [&](Bound const& item) {
    if (truth == Truth::yes) return;
    Binding const binding{frame, item};
    truth = either(truth, fits(frame, what.for_each->where));
  });
  return is_known ? truth : Truth::unknown;
}

std::optional<Flaw> find_flaw_of(Frame& frame, Aggregate const& form) {
  if (form.how == Aggregate::How::count) return std::nullopt;
  auto const taken = take_in(frame, form);
  if (taken.is_open) return std::nullopt;
  auto const joined = join(frame, form, taken.values);
  return joined ? std::nullopt : std::optional{joined.error()};
}

Outcome evaluate(Frame& frame, ItemField const& form) {
  auto const& value = (*frame.items[frame.items.size() - 1 - form.up].fields)[form.field];
  return value ? make_known(&*value) : Outcome{};
}

Truth evaluate(Frame& frame, ItemTest const& form) {
  auto truth = truth_from(form.every);
  auto const settled = truth_from(!form.every);
  auto const is_known = for_each_item(frame, *form.list, [&](Bound const& item) {
    if (truth == settled) return;
    Binding const binding{frame, item};
    auto const one = truth_of(frame, *form.has);
    truth = form.every ? both(truth, one) : either(truth, one);
  });
  return is_known ? truth : Truth::unknown;
}

Outcome evaluate(Frame& frame, Aggregate const& form) {
  if (form.how == Aggregate::How::count) return count(frame, form);
  auto const taken = take_in(frame, form);
  if (taken.is_open) return {};
  auto const joined = join(frame, form, taken.values);
  return joined ? make_known(joined.value()) : Outcome{};
}

}  // namespace heed::run
