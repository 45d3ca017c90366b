#pragma once
#include "engine/run/arithmetic.hpp"
#include "engine/run/frame.hpp"

/// What rules have written, joined without order, with the bounds that pending rules leave
/// (language, part 3.4 and 3.5). Only to be asked once all rules that write the target are settled;
/// needs stand in the frame itself.
namespace heed::run {

/// Counts in what `rule` writes to needs, according to its status.
void write_needs(Frame& frame, RuleId rule);

ScoreBounds const& score_of(Frame& frame, ScoreId score);
AnswerBounds const& answer_of(Frame& frame, AnswerId answer);

/// What rules give for a parameter that joins, over all items of an action, as an answer that they
/// write would be.
AnswerBounds const& joined_of(Frame& frame, ActionId action, std::uint32_t parameter);
/// Why what rules that fired give cannot be joined, all of it known; nothing where it can.
std::optional<Flaw> find_joined_flaw(Frame& frame, ActionId action, std::uint32_t parameter);

/// Whether an action is surely advised, surely not, or still open.
Truth is_advised(Frame& frame, ActionId action);

/// Works out all scores, answers and actions that rules write, and the answers that report. What
/// nothing writes stands as it does at the start.
void join_written_targets(Frame& frame);

/// The consequence that a writing names.
template <class Consequence>
Consequence const& consequence_of(Frame const& frame, Writing const& writing) {
  return std::get<Consequence>(frame.policy().rules[index(writing.rule)].then[writing.consequence]);
}

}  // namespace heed::run
