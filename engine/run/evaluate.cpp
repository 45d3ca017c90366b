#include "engine/run/evaluate.hpp"

#include "engine/run/kleene.hpp"

namespace heed::run {
namespace {

Truth as_truth(Truth truth) {
  return truth;
}
Truth as_truth(Outcome const& outcome) {
  if (!outcome.is_known()) return Truth::unknown;
  auto const* truth = std::get_if<bool>(outcome.least);
  return truth_from(truth != nullptr && *truth);
}

Outcome as_outcome(Truth truth) {
  if (truth == Truth::unknown) return {};
  return make_known(value_from(truth == Truth::yes));
}
Outcome as_outcome(Outcome const& outcome) {
  return outcome;
}

}  // namespace

Value const* value_from(bool truth) {
  static Value const yes{true}, no{false};
  return truth ? &yes : &no;
}

Truth truth_of(Frame& frame, Expression const& expression) {
  return std::visit([&frame](auto const& form) { return as_truth(evaluate(frame, form)); },
                    expression.form);
}

Outcome value_of(Frame& frame, Expression const& expression) {
  return std::visit([&frame](auto const& form) { return as_outcome(evaluate(frame, form)); },
                    expression.form);
}

Value const* settled_value_of(Frame& frame, Expression const& expression) {
  auto const outcome = value_of(frame, expression);
  return outcome.is_known() ? outcome.least : nullptr;
}

}  // namespace heed::run
