#pragma once
#include "engine/run/arithmetic.hpp"
#include "engine/run/frame.hpp"

/// What conditions and values come to in a frame whose earlier layers are settled. Targets that
/// they read must be settled; each function may compute and keep values in the frame.
namespace heed::run {

/// Any expression of kind truth. An unknown value is unknown, none is no.
Truth truth_of(Frame& frame, Expression const& expression);

/// Any expression; conditions come to yes and no.
Outcome value_of(Frame& frame, Expression const& expression);

/// The value where it is known and settled, otherwise null.
Value const* settled_value_of(Frame& frame, Expression const& expression);

/// Whether all cells of a row hold.
Truth truth_of(Frame& frame, Table::Row const& row);
TableResult const& result_of(Frame& frame, TableId table);
/// Why the results of the rows that hold cannot be collected; nothing where they can, or where it
/// is not known which rows hold.
std::optional<Flaw> find_flaw_of(Frame& frame, TableId table, std::uint32_t result);

/// Why no window of time begins; nothing where one does, or its length is unknown.
std::optional<Flaw> find_flaw_of(Frame& frame, EventWindow const& form);

/// Whether `left relation right` for values known within bounds: unknown where the bounds leave it
/// open, or where the values cannot be compared.
Truth compare(Relation relation, Outcome const& left, Outcome const& right);
Truth is_one_of(Outcome const& subject, std::vector<Outcome> const& values, Type const& type);
Truth contains(Outcome const& set, Outcome const& item);

/// What a need's bounds say to `is STATE` or `is at least STATE`.
Truth test_need(NeedBounds const& need, bool at_least, NeedState state);

/// The item as sets hold it; nothing for none and for sets.
std::optional<Scalar> make_item(Value const& value);

/// The largest or smallest of two or more known values, or why there is none.
Expected<Value const*, Flaw> find_extreme(bool largest, std::vector<Value const*> const& values);

/// The same of what rules wrote, one or more: none counts only where there is nothing else. Null
/// where the values cannot be compared.
Value const* join_written(bool largest, std::vector<Value const*> const& values);
/// Why those that do not are not.
Flaw find_join_flaw(std::vector<Value const*> const& values);
/// What rules gave for a parameter that joins, one or more, joined its way. None counts only where
/// there is nothing else.
Expected<Value const*, Flaw> join(Frame& frame, Parameter const& parameter,
                                  std::vector<Value const*> const& values);

/// A truth as a value that lives as long as the program.
Value const* value_from(bool truth);

// Each form of expression, for `truth_of` and `value_of`. Together they name every form.
Truth evaluate(Frame& frame, NeedTest const& form);
Truth evaluate(Frame& frame, AnyNeedTest const& form);
Truth evaluate(Frame& frame, AdvisedTest const& form);
Truth evaluate(Frame& frame, Comparison const& form);
Truth evaluate(Frame& frame, Membership const& form);
Truth evaluate(Frame& frame, Containment const& form);
Truth evaluate(Frame& frame, Mention const& form);
Truth evaluate(Frame& frame, KnownTest const& form);
Truth evaluate(Frame& frame, NoneTest const& form);
Truth evaluate(Frame& frame, AllOf const& form);
Truth evaluate(Frame& frame, AnyOf const& form);
Truth evaluate(Frame& frame, AndThen const& form);
Truth evaluate(Frame& frame, Not const& form);
Truth evaluate(Frame& frame, Possibly const& form);
Truth evaluate(Frame& frame, Certainly const& form);
Truth evaluate(Frame& frame, AtLeastOf const& form);
Outcome evaluate(Frame& frame, EventWindow const& form);
Outcome evaluate(Frame& frame, TimeSince const& form);
Truth evaluate(Frame& frame, ItemTest const& form);

Outcome evaluate(Frame& frame, Constant const& form);
Outcome evaluate(Frame& frame, FactValue const& form);
Outcome evaluate(Frame& frame, DefineValue const& form);
Outcome evaluate(Frame& frame, TableValue const& form);
Outcome evaluate(Frame& frame, AnswerValue const& form);
Outcome evaluate(Frame& frame, ScoreValue const& form);
Outcome evaluate(Frame& frame, SeverityValue const& form);
Outcome evaluate(Frame& frame, JoinedValue const& form);
Outcome evaluate(Frame& frame, NeedCount const& form);
Outcome evaluate(Frame& frame, NowValue const& form);
Outcome evaluate(Frame& frame, TodayValue const& form);
Outcome evaluate(Frame& frame, Conditional const& form);
Outcome evaluate(Frame& frame, Arithmetic const& form);
Outcome evaluate(Frame& frame, Negative const& form);
Outcome evaluate(Frame& frame, Extreme const& form);
Outcome evaluate(Frame& frame, DateOf const& form);
Outcome evaluate(Frame& frame, DaysBetween const& form);
Outcome evaluate(Frame& frame, ItemField const& form);
Outcome evaluate(Frame& frame, Aggregate const& form);

}  // namespace heed::run
