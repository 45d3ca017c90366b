#include "engine/compile/reads.hpp"

#include <algorithm>

#include "engine/compile/parts.hpp"

namespace heed::compiling {
namespace {

template <class Item>
void keep_once(std::vector<Item>& items) {
  std::ranges::sort(items);
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

using Needs = std::vector<NeedId>;

/// Needs read by expressions; those of defines and tables are found once.
class NeedReader {
 public:
  explicit NeedReader(Policy const& policy)
      : policy_{policy}, defines_(policy.defines.size()), tables_(policy.tables.size()) {}

  void read(Expression const& expression, Needs& needs) {
    if (auto const* one = std::get_if<NeedTest>(&expression.form)) needs.push_back(one->need);
    if (auto const* one = std::get_if<SeverityValue>(&expression.form)) needs.push_back(one->need);
    if (auto const* any = std::get_if<AnyNeedTest>(&expression.form)) append(any->needs, needs);
    if (auto const* count = std::get_if<NeedCount>(&expression.form)) append(count->needs, needs);
    if (auto const* define = std::get_if<DefineValue>(&expression.form))
      append(of_define(define->define), needs);
    if (auto const* table = std::get_if<TableValue>(&expression.form))
      append(of_table(table->table), needs);
    if (auto const* answer = std::get_if<AnswerValue>(&expression.form)) {
      auto const& reports = policy_.answers[index(answer->answer)].reports;
      if (reports) read(*reports, needs);
    }
    for_each_part(expression, [&](Expression const& part) { read(part, needs); });
  }

 private:
  struct Memo {
    bool found = false;
    Needs needs;
  };

  static void append(Needs const& more, Needs& needs) {
    needs.insert(needs.end(), more.begin(), more.end());
  }

  Needs const& of_define(DefineId id) {
    auto& memo = defines_[index(id)];
    if (!memo.found) {
      memo.found = true;
      Needs needs;
      read(*policy_.defines[index(id)].value, needs);
      keep_once(needs);
      memo.needs = std::move(needs);
    }
    return memo.needs;
  }

  Needs const& of_table(TableId id) {
    auto& memo = tables_[index(id)];
    if (!memo.found) {
      memo.found = true;
      Needs needs;
      for (auto const& row : policy_.tables[index(id)].rows) {
        for (auto const& cell : row.cells) read(*cell, needs);
        for (auto const& result : row.results) read(*result, needs);
      }
      keep_once(needs);
      memo.needs = std::move(needs);
    }
    return memo.needs;
  }

  Policy const& policy_;
  std::vector<Memo> defines_, tables_;
};

}  // namespace

std::vector<std::vector<NeedId>> find_needs_read(Policy const& policy) {
  NeedReader reader{policy};
  std::vector<Needs> found;
  for (auto const& rule : policy.rules) {
    Needs needs;
    if (rule.when) reader.read(*rule.when, needs);
    for (auto const& consequence : rule.then)
      for_each_value(consequence, [&](Expression const& value) { reader.read(value, needs); });
    keep_once(needs);
    found.push_back(std::move(needs));
  }
  return found;
}

void for_each_within(Expression const& expression,
                     std::function<void(Expression const&)> const& visit) {
  visit(expression);
  for_each_part(expression, [&](Expression const& part) { for_each_within(part, visit); });
}

void for_each_expression(Policy const& policy,
                         std::function<void(Expression const&)> const& visit) {
  auto const look = [&](Expression const& expression) { for_each_within(expression, visit); };
  for (auto const& rule : policy.rules) {
    if (rule.when) look(*rule.when);
    for (auto const& consequence : rule.then) for_each_value(consequence, look);
  }
  for (auto const& action : policy.actions)
    if (action.requires_) look(*action.requires_);
  for (auto const& authority : policy.authorities) {
    for (auto const& line : authority.lines) {
      if (line.up_to) look(*line.up_to);
      if (line.when) look(*line.when);
    }
  }
  for (auto const& define : policy.defines) look(*define.value);
  for (auto const& table : policy.tables) {
    for (auto const& row : table.rows) {
      for (auto const& cell : row.cells) look(*cell);
      for (auto const& result : row.results) look(*result);
    }
  }
}

std::vector<Mentioned> find_mentions(Policy const& policy) {
  std::vector<Mentioned> mentions;
  if (policy.phrases.empty()) return mentions;
  for_each_expression(policy, [&](Expression const& expression) {
    auto const* mention = std::get_if<Mention>(&expression.form);
    auto const* fact = mention ? std::get_if<FactValue>(&mention->text->form) : nullptr;
    if (fact) mentions.push_back({fact->fact, mention->phrases});
  });
  keep_once(mentions);
  return mentions;
}

}  // namespace heed::compiling
