#include "tests/support/describe.hpp"

#include <algorithm>
#include <set>
#include <sstream>

#include "engine/base/expected.hpp"

namespace heed::support {

namespace {

std::string list(std::vector<std::string> const& names) {
  std::string text = "[";
  for (auto const& name : names) text += (text.size() > 1 ? ", " : "") + name;
  return text + "]";
}

std::string written(Texts const& texts) {
  std::string text = "{";
  for (auto const& [language, one] : texts) text += language + ":\"" + one + "\" ";
  return text + "}";
}

std::string written(Shown const& shown) {
  return std::visit(overloaded{
                        [](std::monostate) { return std::string{"null"}; },
                        [](None) { return std::string{"null"}; },
                        [](bool it) { return std::string{it ? "true" : "false"}; },
                        [](Shown::Decimal const& it) { return it.text; },
                        [](Shown::Amount const& it) { return it.amount + " " + it.currency; },
                        [](std::string const& it) { return "\"" + it + "\""; },
                        [](std::vector<Shown> const& it) {
                          std::string text = "{";
                          for (auto const& item : it) text += written(item) + " ";
                          return text + "}";
                        },
                    },
                    shown.form);
}

std::string written(std::vector<std::pair<std::string, Shown>> const& with) {
  std::string text = "(";
  for (auto const& [name, shown] : with) text += name + " " + written(shown) + ", ";
  return text + ")";
}

std::string written(std::optional<std::string> const& text) {
  return text ? *text : "null";
}

std::string written(std::vector<Reason> const& reasons) {
  std::string text = "[";
  for (auto const& reason : reasons) text += reason.rule + " " + written(reason.text) + "; ";
  return text + "]";
}

std::string written(NeedState state) {
  return state == NeedState::met ? "met" : state == NeedState::violated ? "violated" : "threatened";
}

struct Lines {
  Decision const& decision;
  std::ostringstream out;

  std::string time(std::optional<Instant> at) const {
    return at ? decision.zone.to_text(*at) : "null";
  }
};

void put_findings(Lines& lines) {
  auto const& [decision, _] = lines;
  auto& out = lines.out;
  for (auto const& it : decision.needs) {
    out << "need " << it.need
        << (it.kind == NeedKind::functional ? " functional " : " psychological ")
        << written(it.state) << " " << it.severity << " could be " << written(it.could_be) << " "
        << it.could_be_severity << " because " << written(it.because) << "\n";
  }
  for (auto const& it : decision.scores) {
    out << "score " << it.score << " " << (it.value ? to_text(*it.value) : "null") << " between "
        << to_text(it.least) << " and " << to_text(it.most) << "\n";
  }
  for (auto const& it : decision.answers) {
    out << "answer " << it.answer << " " << written(it.value) << " could be "
        << written(it.could_be) << " " << list(it.rules) << "\n";
  }
}

std::string written(Lines const& lines, std::optional<Counted> const& counted) {
  if (!counted) return "";
  auto text = " counted in " + counted->calendar + " from " + lines.time(counted->from);
  for (auto const& [from, to] : counted->intervals)
    text += " " + lines.time(from) + "/" + lines.time(to);
  for (auto const day : counted->skipped) text += " not " + to_text(day);
  return text;
}

void put_actions(Lines& lines) {
  auto const& decision = lines.decision;
  auto& out = lines.out;
  std::size_t at = 0;
  for (auto const& it : decision.plan) {
    out << "plan " << ++at << " " << written(it.phase) << " " << it.action << written(it.with)
        << " by " << it.by << " internal to " << written(it.internal_to) << " due "
        << lines.time(it.due) << (it.expires ? " expires " + lines.time(it.expires) : "")
        << written(lines, it.counted)
        << (it.approval ? " approval " + it.approval->role + " " + it.approval->limit : "")
        << " requires " << written(it.requires_) << " unless " << list(it.unless) << " "
        << list(it.rules) << "\n";
  }
  at = 0;
  for (auto const& it : decision.choices) {
    out << "choice " << ++at;
    for (auto const& option : it.options) {
      out << " " << option.action << written(option.with) << " requires "
          << written(option.requires_) << " unless " << list(option.unless) << ",";
    }
    out << " " << list(it.rules) << "\n";
  }
  for (auto const& it : decision.checks) {
    out << "check before " << it.before << " " << written(it.text) << " " << list(it.rules) << "\n";
  }
  for (auto const& it : decision.say) {
    out << "say " << written(it.script) << " " << written(it.text) << " " << list(it.rules) << "\n";
  }
  at = 0;
  for (auto const& it : decision.escalations) {
    out << "escalation " << ++at << " " << written(it.to) << " due " << lines.time(it.due)
        << written(lines, it.counted) << " then";
    for (auto const& step : it.then) out << " " << step.to << " " << lines.time(step.due) << ",";
    out << " could be " << it.could_be << " " << list(it.rules) << " because "
        << written(it.because) << "\n";
  }
  for (auto const& it : decision.alerts) {
    out << "alert " << it.role << " due " << lines.time(it.due) << " " << list(it.rules) << "\n";
  }
  at = 0;
  for (auto const& it : decision.record) {
    out << "record " << ++at << " " << it.event << written(it.with) << " " << list(it.rules)
        << "\n";
  }
  for (auto const& it : decision.forbidden) {
    out << "forbidden " << it.action << " " << list(it.rules) << "\n";
  }
  for (auto const& it : decision.withheld) {
    out << "withheld " << it.action << " requires " << it.requires_ << " " << list(it.rules)
        << "\n";
  }
}

}  // namespace

std::string describe(Decision const& decision, Part part) {
  Lines lines{decision, {}};
  lines.out << decision.policy << " " << decision.revision << " at " << lines.time(decision.at)
            << "\n";
  put_findings(lines);
  put_actions(lines);
  std::size_t at = 0;
  for (auto const& it : decision.questions) {
    lines.out << "question " << ++at << " " << it.fact << " is " << it.type << list(it.values)
              << " " << written(it.ask) << " could change " << list(it.could_change) << "\n";
  }
  for (auto const& it : decision.matches) {
    if (part == Part::without_matches) break;
    lines.out << "match " << it.fact << " " << it.phrases << " \"" << it.phrase << "\" " << it.begin
              << " to " << it.end << "\n";
  }
  lines.out << "fired " << list(decision.fired) << "\npending " << list(decision.pending) << "\n";
  std::set<std::string> codes;
  for (auto const& it : decision.warnings) codes.insert(it.code);
  for (auto const& code : codes) lines.out << "warning " << code << "\n";
  return lines.out.str();
}

std::string difference(std::string const& first, std::string const& second) {
  auto const lines_of = [](std::string const& text) {
    std::multiset<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.insert(line);
    return lines;
  };
  auto const a = lines_of(first), b = lines_of(second);
  std::string result;
  for (auto const& line : a) {
    if (!b.contains(line)) result += "- " + line + "\n";
  }
  for (auto const& line : b) {
    if (!a.contains(line)) result += "+ " + line + "\n";
  }
  return result;
}

}  // namespace heed::support
