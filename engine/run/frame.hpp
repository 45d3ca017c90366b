#pragma once
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/room.hpp"
#include "engine/run/arithmetic.hpp"
#include "engine/run/candidates.hpp"
#include "engine/run/case.hpp"
#include "engine/run/explanation.hpp"
#include "engine/run/memos.hpp"
#include "engine/run/past.hpp"

/// One case under evaluation, and all that has been found out about it so far.
namespace heed::run {

/// How `possibly`, `certainly`, `is known` and `is unknown` are read: plainly, or left open
/// (unknown where what is inside is), as questions are computed.
enum class Reading { plain, left_open };

/// What an expression comes to: one value, a value between two bounds, or unknown. The values
/// belong to the policy, the case or the frame.
struct Outcome {
  Value const* least = nullptr;  // null: no bound below. Of a set: what is surely in it
  Value const* most = nullptr;   // null: no bound above. Of a set: what is possibly in it
  bool perhaps_none = false;     // within bounds, or none

  bool is_known() const { return least != nullptr && least == most && !perhaps_none; }
  bool is_unknown() const { return least == nullptr && most == nullptr; }
};

/// A value between `least` and `most`; known where they are equal.
inline Outcome make_bounds(Value const* least, Value const* most) {
  return {least, *least == *most ? least : most};
}
inline Outcome make_known(Value const* value) {
  return {value, value};
}

/// What does not change while a case is decided.
struct Inputs {
  RuleSet const& rules;
  Case const* subject;
  Instant now;
  Date today;
  Value now_value, today_value;
  std::vector<Value const*> facts;     // by FactId, defaults filled in; null: unknown
  std::vector<Value const*> defaults;  // by FactId; null: none
  std::vector<bool> mentioned;         // by RuleSet::mentions: found in the text
  std::vector<heed::Match> matches;    // in the decision's order
  Past past;                           // events that conditions read
};

/// Looks the facts up, scans each text that a condition mentions once, and sorts what happened.
Inputs make_inputs(RuleSet const& rules, Case const& subject, Instant now,
                   Others const& others = {});
/// The same for another case of the same rules, in the memory of the one before.
void refill(Inputs& inputs, Case const& subject, Instant now, Others const& others = {});

/// A need within its bounds: what fired rules wrote, and what they would with the pending ones.
struct NeedBounds {
  NeedState state = NeedState::met, could_be = NeedState::met;
  int severity = 0, could_be_severity = 0;
  bool is_written = false;  // by a rule that fired or is pending
};

struct ScoreBounds {
  std::optional<Number> value;  // nothing where a rule that fired adds an unknown
  Number least, most;
  bool overflows = false;  // a sum is beyond the limits of numbers
};

struct AnswerBounds {
  Outcome seen;                     // as conditions read it
  Value const* value = nullptr;     // what fired rules make it; null: unknown
  Value const* could_be = nullptr;  // together with the pending ones; null: unknown
  bool is_conflict = false;         // rules that fired set it to different values
  std::optional<Flaw> flaw;         // why values that rules that fired set do not compare
};

/// What a table comes to: an outcome for each result.
struct TableResult {
  enum class Trouble { none, no_row, several_rows };
  std::vector<Outcome> results;
  Trouble trouble = Trouble::none;
};

/// The item of a list, or the event, that a condition in brackets is asked of.
struct Bound {
  std::vector<std::optional<Value>> const* fields = nullptr;  // what ItemField reads
  std::optional<FactId> list;  // what an unknown field asks for; nothing for an event
};

/// Computed values, which stay where they are.
class Kept {
 public:
  Value const* add(Value value) {
    if (size_ == blocks_.size() * block_size)
      blocks_.push_back(std::make_unique<Value[]>(block_size));
    auto& place = blocks_[size_ / block_size][size_ % block_size];
    ++size_;
    place = std::move(value);
    return &place;
  }
  /// Keeps the memory for values to come.
  void clear() { size_ = 0; }

 private:
  static constexpr std::size_t block_size = 32;
  std::vector<std::unique_ptr<Value[]>> blocks_;
  std::size_t size_ = 0;
};

/// What rules that fired or are pending write to one target, by rule; behind it is room for all
/// that any rule writes there.
using WritingList = std::span<Writing>;

/// Brings the last of them to its place; those before it are in order.
void put_in_order(WritingList list);

/// One evaluation of one case. Everything read twice is computed once.
struct Frame {
  Frame(Inputs const& given, Reading how);
  Frame(Frame const&) = delete;
  Frame& operator=(Frame const&) = delete;
  /// Forgets everything, for another case of the same rules: `inputs` were filled anew.
  void begin_again();
  /// Forgets what was computed when first read.
  void forget_computed();

  Inputs const& inputs;
  Reading reading;
  /// Something was known only because what is left open was read plainly.
  bool read_something_open = false;

  std::vector<RuleStatus> status;  // by RuleId; changed by set_status alone
  std::vector<NeedBounds> needs;   // by NeedId
  std::vector<RuleId> active;      // of settled layers: that fired or are pending, ascending
  WritersIn<WritingList> writers;  // what they write

  // Computed when first read.
  Memos<Outcome> defines;
  Memos<TableResult> tables;
  Memos<ScoreBounds> scores;
  Memos<AnswerBounds> answers;
  Memos<Truth> done;                                                  // by ActionId
  std::map<std::pair<ActionId, std::uint32_t>, AnswerBounds> joined;  // by parameter of an action
  std::map<void const*, Figure> past;  // by EventWindow and TimeSince
  Kept kept;

  std::vector<Bound> items;  // what is looked at in brackets, innermost last
  Figures figures;           // across customers, that were read

  // Room to work in.
  Candidates candidates;
  std::vector<RuleId> touched;         // whose status was set; perhaps doubled
  Room lists_room;                     // where the lists of `writers` stand
  std::vector<WritingList*> lists;     // of `writers`, by their numbers
  std::uint32_t first_doing = 0;       // the number of the first list of Writers::doing
  std::vector<std::uint32_t> written;  // numbers of the lists that are not empty, each once
  std::vector<RuleId> turn;            // rules that are settled together
  Room room;                           // for what lives no longer than the frame
  std::vector<std::shared_ptr<void const>> owned;

  Policy const& policy() const { return inputs.rules.policy; }
  bool has_fired(RuleId rule) const { return status[index(rule)] == RuleStatus::fired; }
  bool is_pending(RuleId rule) const { return status[index(rule)] == RuleStatus::pending; }
  /// Keeps a computed value as long as the frame.
  Value const* keep(Value value) { return kept.add(std::move(value)); }
  /// Keeps anything else as long as the frame.
  template <class T>
  T const* own(T value) {
    auto const kept_one = std::make_shared<T const>(std::move(value));
    owned.push_back(kept_one);
    return kept_one.get();
  }
  /// A plain deed of a rule that fired is done, whatever others say.
  void note_done(Writing const& writing) { done.keep(writing.list - first_doing, Truth::yes); }
  /// Adds what a rule that fired or is pending writes.
  void write(Writing const& writing) {
    auto& list = *lists[writing.list];
    if (list.empty()) written.push_back(writing.list);
    list = {list.data(), list.size() + 1};
    list.back() = writing;
    if (list.size() > 1 && list[list.size() - 2].rule > writing.rule) [[unlikely]]
      put_in_order(list);
  }
  void set_status(RuleId rule, RuleStatus to) {
    status[index(rule)] = to;
    touched.push_back(rule);
  }
};

}  // namespace heed::run
