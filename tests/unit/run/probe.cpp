#include "tests/unit/run/probe.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace heed::testing {
namespace {

std::string join(std::vector<std::string> const& names) {
  std::string text;
  for (auto const& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string rules_of(std::vector<std::string> const& names) {
  return " [" + join(names) + "]";
}

std::string rules_of(std::vector<Reason> const& reasons) {
  std::vector<std::string> names;
  for (auto const& reason : reasons) names.push_back(reason.rule);
  return rules_of(names);
}

std::string text_of(Shown const& value) {
  if (auto const* truth = std::get_if<bool>(&value.form)) return *truth ? "yes" : "no";
  if (auto const* number = std::get_if<Shown::Decimal>(&value.form)) return number->text;
  if (auto const* money = std::get_if<Shown::Amount>(&value.form))
    return money->amount + " " + money->currency;
  if (auto const* text = std::get_if<std::string>(&value.form)) return *text;
  if (auto const* items = std::get_if<std::vector<Shown>>(&value.form)) {
    std::string text = "{";
    for (auto const& item : *items) text += (text == "{" ? "" : " ") + text_of(item);
    return text + "}";
  }
  return "null";
}

std::string text_of(NeedState state) {
  constexpr std::string_view names[] = {"met", "threatened", "violated"};
  return std::string{names[static_cast<std::size_t>(state)]};
}

std::string text_of(std::vector<std::pair<std::string, Shown>> const& with) {
  std::string text;
  for (auto const& [name, value] : with)
    text += (text.empty() ? " (" : ", ") + name + " " + text_of(value);
  return text.empty() ? text : text + ")";
}

class Lines {
 public:
  explicit Lines(Decision const& decision) : decision_{decision} {}

  std::string due(std::optional<Instant> at) const {
    if (!at) return {};
    auto const day = decision_.zone.to_text(decision_.at).substr(0, 10);
    auto const text = decision_.zone.to_text(*at);
    auto const clock = text.substr(11, 5);
    return " due " + (text.starts_with(day) ? clock : text.substr(0, 10) + " " + clock);
  }

  void add(std::string line) { text_ += line + "\n"; }
  std::string take() { return std::move(text_); }

  void add_findings() {
    for (auto const& need : decision_.needs)
      add("need " + need.need + ": " + text_of(need.state) + " " + std::to_string(need.severity) +
          ", could be " + text_of(need.could_be) + " " + std::to_string(need.could_be_severity) +
          rules_of(need.because));
    for (auto const& score : decision_.scores)
      add("score " + score.score + ": " + (score.value ? to_text(*score.value) : "null") + " in " +
          to_text(score.least) + " to " + to_text(score.most));
    for (auto const& answer : decision_.answers)
      add("answer " + answer.answer + ": " + text_of(answer.value) + ", could be " +
          text_of(answer.could_be) + rules_of(answer.rules));
  }

  void add_plan() {
    for (auto const& item : decision_.plan)
      add("do " + item.action + text_of(item.with) + (item.by.empty() ? "" : " by " + item.by) +
          due(item.due) + (item.requires_ ? " if " + *item.requires_ : "") +
          (item.unless.empty() ? "" : " unless " + join(item.unless)) +
          (item.approval ? " approval " + item.approval->role + " " + item.approval->limit : "") +
          rules_of(item.rules));
    for (auto const& choice : decision_.choices) {
      std::string line;
      for (auto const& option : choice.options)
        line += (line.empty() ? "offer " : ", ") + option.action + text_of(option.with) +
                (option.requires_ ? " if " + *option.requires_ : "") +
                (option.unless.empty() ? "" : " unless " + join(option.unless));
      add(line + rules_of(choice.rules));
    }
    for (auto const& one : decision_.checks)
      add("check \"" + one.text.begin()->second + "\" before " + one.before + rules_of(one.rules));
    for (auto const& one : decision_.say)
      add("say " +
          one.script.value_or(one.text.empty() ? "nothing"
                                               : "\"" + one.text.begin()->second + "\"") +
          rules_of(one.rules));
    for (auto const& one : decision_.escalations) {
      auto line = "escalate to " + one.to.value_or("nobody") + due(one.due);
      for (auto const& step : one.then) line += " then " + step.to + due(step.due);
      add(line + " could be " + one.could_be + rules_of(one.rules));
    }
    for (auto const& one : decision_.alerts)
      add("alert " + one.role + due(one.due) + rules_of(one.rules));
    for (auto const& one : decision_.record)
      add("record " + one.event + text_of(one.with) + rules_of(one.rules));
    for (auto const& one : decision_.forbidden) add("forbid " + one.action + rules_of(one.rules));
    for (auto const& one : decision_.withheld)
      add("withhold " + one.action + ": " + one.requires_ + rules_of(one.rules));
  }

  void add_rest() {
    for (auto const& one : decision_.questions)
      add("ask " + one.fact + ": " + join(one.could_change));
    for (auto const& one : decision_.matches)
      add("match " + one.fact + ": " + one.phrases + " \"" + one.phrase + "\" at " +
          std::to_string(one.begin) + " to " + std::to_string(one.end));
    for (auto const& one : decision_.warnings) add("warn " + one.code + " [" + one.rule + "]");
  }

 private:
  Decision const& decision_;
  std::string text_;
};

struct Probe {
  std::shared_ptr<RuleSet const> rules;
  Case subject;
  Instant now;
};

Probe make_probe(std::string_view policy, std::string_view given) {
  auto text = std::string{policy};
  if (!given.empty()) {
    text += "\ntest \"the case\"\n  given ";
    for (auto const letter : given) text += letter == '\n' ? "\n        " : std::string{letter};
    text += "\n  expect now is now\n";
  }
  Probe probe;
  probe.rules = load_text(text);
  if (!probe.rules) return probe;
  probe.subject = make_case(*probe.rules);
  probe.now = *Zone::utc().parse("2026-11-22T10:00:00+02:00");
  for (auto const& test : probe.rules->policy.tests) {
    for (auto const& [fact, value] : test.facts) probe.subject.facts[index(fact)] = value;
    probe.subject.history = test.history;
    probe.now = test.now.value_or(probe.now);
  }
  return probe;
}

}  // namespace

std::shared_ptr<RuleSet const> load_text(std::string_view policy) {
  std::vector<SourceText> const sources{{"test.heed", std::string{policy}}};
  auto loaded = load(sources, "revision");
  std::string mistakes;
  for (auto const& diagnostic : loaded.diagnostics) {
    if (diagnostic.severity == Severity::error) mistakes += render(diagnostic, sources);
  }
  EXPECT_EQ(mistakes, "");
  return loaded.rules;
}

Decision decide_text(std::string_view policy, std::string_view given) {
  auto const probe = make_probe(policy, given);
  return probe.rules ? decide(*probe.rules, probe.subject, probe.now) : Decision{};
}

Explanation explain_text(std::string_view policy, std::string_view given) {
  auto const probe = make_probe(policy, given);
  return probe.rules ? explain(*probe.rules, probe.subject, probe.now) : Explanation{};
}

std::string describe(Decision const& decision) {
  Lines lines{decision};
  if (!decision.fired.empty()) lines.add("fired " + join(decision.fired));
  if (!decision.pending.empty()) lines.add("pending " + join(decision.pending));
  lines.add_findings();
  lines.add_plan();
  lines.add_rest();
  return lines.take();
}

std::string status_of(Decision const& decision, std::string_view rule) {
  if (std::ranges::find(decision.fired, rule) != decision.fired.end()) return "fired";
  return std::ranges::find(decision.pending, rule) != decision.pending.end() ? "pending" : "silent";
}

}  // namespace heed::testing
