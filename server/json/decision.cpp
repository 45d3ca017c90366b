#include "server/json/decision.hpp"

#include <array>
#include <charconv>

#include "engine/base/expected.hpp"
#include "engine/base/time_text.hpp"
#include "server/json/write.hpp"

namespace heed::json {
namespace {

constexpr std::array<std::string_view, 3> state_names{"met", "threatened", "violated"};

std::string_view name_of(NeedState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::string_view name_of(NeedKind kind) {
  return kind == NeedKind::functional ? "functional" : "psychological";
}

void append_number(std::string& out, std::int64_t number) {
  char digits[24];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

void append_lent(std::string& out, Shown const& shown) {
  append_shown(out, shown);
}
void append_lent(std::string& out, lent::Shown const& shown) {
  std::visit(overloaded{
                 [&](std::monostate) { out += "null"; },
                 [&](None) { out += "null"; },
                 [&](bool truth) { out += truth ? "true" : "false"; },
                 [&](lent::Shown::Decimal const& number) { out += number.text; },
                 [&](lent::Shown::Amount const& money) {
                   out += R"({"amount":)";
                   append_text(out, money.amount);
                   out += R"(,"currency":)";
                   append_text(out, money.currency);
                   out += '}';
                 },
                 [&](std::string_view text) { append_text(out, text); },
                 [&](List<lent::Shown> const& items) {
                   append_each(out, items, [&](auto const& item) { append_lent(out, item); });
                 },
             },
             shown.form);
}

void append_texts_of(std::string& out, auto const& texts) {
  out += '{';
  bool is_first = true;
  for (auto const& [language, text] : texts) {
    if (!is_first) out += ',';
    is_first = false;
    append_text(out, language);
    out += ':';
    append_text(out, text);
  }
  out += '}';
}

/// Writes the parts of one decision, be it one that stands on its own or one that borrows: they
/// have the same members. Each member begins with its own comma.
class Writer {
 public:
  Writer(std::string& out, Zone const& zone) : out_{out}, zone_{zone} {}

  template <class Findings, class Write>
  void list(std::string_view member, Findings const& findings, Write const& write) {
    out_ += member;
    append_each(out_, findings, write);
  }
  template <class Findings, class Write>
  void map(std::string_view member, Findings const& findings, Write const& write) {
    out_ += member;
    out_ += '{';
    bool is_first = true;
    for (auto const& finding : findings) {
      if (!is_first) out_ += ',';
      is_first = false;
      write(finding);
    }
    out_ += '}';
  }
  void texts(std::string_view member, auto const& texts) {
    out_ += member;
    append_each(out_, texts, [this](std::string_view text) { append_text(out_, text); });
  }

  void write_head(auto const& decision, EngineVersion const& engine, std::string_view id) {
    out_ += '{';
    if (!id.empty()) {
      text(R"("id":)", id);
      out_ += ',';
    }
    instant(R"("at":)", decision.at);
    out_ += R"(,"subject":)";
    if (decision.subject.empty()) {
      out_ += "null";
    } else {
      append_text(out_, decision.subject);
    }
    text(R"(,"policy":{"name":)", decision.policy);
    text(R"(,"revision":)", decision.revision);
    text(R"(},"engine":{"version":)", engine.version);
    text(R"(,"tz":)", engine.tz);
    text(R"(,"cldr":)", engine.cldr);
    out_ += '}';
  }

  void write_need(auto const& finding) {
    text(R"({"need":)", finding.need);
    text(R"(,"kind":)", name_of(finding.kind));
    text(R"(,"state":)", name_of(finding.state));
    out_ += R"(,"severity":)";
    append_number(out_, finding.severity);
    text(R"(,"could_be":{"state":)", name_of(finding.could_be));
    out_ += R"(,"severity":)";
    append_number(out_, finding.could_be_severity);
    out_ += '}';
    because(finding.because);
    out_ += '}';
  }

  void write_score(auto const& finding) {
    append_text(out_, finding.score);
    out_ += R"(:{"value":)";
    out_ += finding.value ? to_text(*finding.value) : "null";
    out_ += R"(,"between":[)" + to_text(finding.least);
    out_ += ',';
    out_ += to_text(finding.most);
    out_ += "]}";
  }

  void write_answer(auto const& finding) {
    append_text(out_, finding.answer);
    shown(R"(:{"value":)", finding.value);
    shown(R"(,"could_be":)", finding.could_be);
    texts(R"(,"rules":)", finding.rules);
    out_ += '}';
  }

  void write_plan_item(auto const& item) {
    optional(R"({"phase":)", item.phase);
    text(R"(,"action":)", item.action);
    with(item.with);
    out_ += R"(,"by":)";
    if (item.by.empty()) {
      out_ += "null";
    } else {
      append_text(out_, item.by);
    }
    optional(R"(,"internal_to":)", item.internal_to);
    instant(R"(,"due":)", item.due);
    instant(R"(,"expires":)", item.expires);
    counted(item.counted);
    out_ += R"(,"approval":)";
    if (item.approval) {
      text(R"({"role":)", item.approval->role);
      text(R"(,"limit":)", item.approval->limit);
      out_ += '}';
    } else {
      out_ += "null";
    }
    optional(R"(,"requires":)", item.requires_);
    texts(R"(,"unless":)", item.unless);
    texts(R"(,"rules":)", item.rules);
    out_ += '}';
  }

  void write_saying(auto const& saying) {
    optional(R"({"script":)", saying.script);
    out_ += R"(,"text":)";
    append_texts_of(out_, saying.text);
    texts(R"(,"rules":)", saying.rules);
    out_ += '}';
  }

  void write_offering(auto const& offering) {
    out_ += R"({"one_of":)";
    append_each(out_, offering.options,
                [this](auto const& option) { append_text(out_, option.action); });
    out_ += R"(,"options":)";
    append_each(out_, offering.options, [this](auto const& option) {
      text(R"({"action":)", option.action);
      with(option.with);
      optional(R"(,"requires":)", option.requires_);
      texts(R"(,"unless":)", option.unless);
      out_ += '}';
    });
    texts(R"(,"rules":)", offering.rules);
    out_ += '}';
  }

  void write_check(auto const& check) {
    text(R"({"before":)", check.before);
    out_ += R"(,"text":)";
    append_texts_of(out_, check.text);
    texts(R"(,"rules":)", check.rules);
    out_ += '}';
  }

  void write_escalation(auto const& escalation) {
    optional(R"({"to":)", escalation.to);
    instant(R"(,"due":)", escalation.due);
    counted(escalation.counted);
    out_ += R"(,"then":)";
    append_each(out_, escalation.then, [this](auto const& step) {
      text(R"({"to":)", step.to);
      instant(R"(,"due":)", step.due);
      out_ += '}';
    });
    text(R"(,"could_be":{"to":)", escalation.could_be);
    out_ += '}';
    texts(R"(,"rules":)", escalation.rules);
    because(escalation.because);
    out_ += '}';
  }

  void write_alert(auto const& alert) {
    text(R"({"role":)", alert.role);
    instant(R"(,"due":)", alert.due);
    texts(R"(,"rules":)", alert.rules);
    out_ += '}';
  }

  void write_recording(auto const& recording) {
    text(R"({"event":)", recording.event);
    with(recording.with);
    texts(R"(,"rules":)", recording.rules);
    out_ += '}';
  }

  void write_forbidding(auto const& forbidding) {
    text(R"({"action":)", forbidding.action);
    texts(R"(,"rules":)", forbidding.rules);
    out_ += '}';
  }

  void write_withholding(auto const& withholding) {
    text(R"({"action":)", withholding.action);
    text(R"(,"requires":)", withholding.requires_);
    texts(R"(,"rules":)", withholding.rules);
    out_ += '}';
  }

  void write_question(auto const& question) {
    text(R"({"fact":)", question.fact);
    text(R"(,"type":)", question.type);
    if (question.values.empty()) {
      out_ += R"(,"values":null)";
    } else {
      texts(R"(,"values":)", question.values);
    }
    out_ += R"(,"ask":)";
    append_texts_of(out_, question.ask);
    texts(R"(,"could_change":)", question.could_change);
    out_ += '}';
  }

  void write_match(auto const& match) {
    text(R"({"fact":)", match.fact);
    text(R"(,"phrases":)", match.phrases);
    text(R"(,"phrase":)", match.phrase);
    out_ += R"(,"at":[)";
    append_number(out_, match.begin);
    out_ += ',';
    append_number(out_, match.end);
    out_ += "]}";
  }

  void write_warning(auto const& warning) {
    text(R"({"code":)", warning.code);
    out_ += R"(,"rule":)";
    if (warning.rule.empty()) {
      out_ += "null";
    } else {
      append_text(out_, warning.rule);
    }
    text(R"(,"text":)", warning.text);
    out_ += '}';
  }

 private:
  void text(std::string_view member, std::string_view text) {
    out_ += member;
    append_text(out_, text);
  }
  void instant(std::string_view member, std::optional<Instant> at) {
    out_ += member;
    if (!at) {
      out_ += "null";
      return;
    }
    out_ += '"';
    heed::append_text(out_, *at, zone_);
    out_ += '"';
  }
  void optional(std::string_view member, auto const& text) {
    out_ += member;
    if (text)
      append_text(out_, *text);
    else
      out_ += "null";
  }
  void shown(std::string_view member, auto const& value) {
    out_ += member;
    append_lent(out_, value);
  }

  void with(auto const& parameters) {
    out_ += R"(,"with":{)";
    bool is_first = true;
    for (auto const& [name, value] : parameters) {
      if (!is_first) out_ += ',';
      is_first = false;
      append_text(out_, name);
      shown(":", value);
    }
    out_ += '}';
  }

  void because(auto const& reasons) {
    out_ += R"(,"because":)";
    append_each(out_, reasons, [this](auto const& reason) {
      text(R"({"rule":)", reason.rule);
      out_ += R"(,"text":)";
      append_texts_of(out_, reason.text);
      out_ += '}';
    });
  }

  void counted(auto const& counted) {
    out_ += R"(,"counted":)";
    if (!counted) {
      out_ += "null";
      return;
    }
    text(R"({"calendar":)", counted->calendar);
    instant(R"(,"from":)", counted->from);
    out_ += R"(,"intervals":)";
    append_each(out_, counted->intervals, [this](std::pair<Instant, Instant> const& open) {
      instant("[", open.first);
      instant(",", open.second);
      out_ += ']';
    });
    out_ += R"(,"skipped":)";
    append_each(out_, counted->skipped, [this](Date day) { append_text(out_, to_text(day)); });
    out_ += '}';
  }

  std::string& out_;
  Zone const& zone_;
};

template <class Of>
void write_any(std::string& out, Of const& decision, EngineVersion const& engine,
               std::string_view id) {
  Writer writer{out, decision.zone};
  writer.write_head(decision, engine, id);
  writer.list(R"(,"needs":)", decision.needs, [&](auto const& one) { writer.write_need(one); });
  writer.map(R"(,"scores":)", decision.scores, [&](auto const& one) { writer.write_score(one); });
  writer.map(R"(,"answers":)", decision.answers,
             [&](auto const& one) { writer.write_answer(one); });
  writer.list(R"(,"plan":)", decision.plan, [&](auto const& one) { writer.write_plan_item(one); });
  writer.list(R"(,"say":)", decision.say, [&](auto const& one) { writer.write_saying(one); });
  writer.list(R"(,"choices":)", decision.choices,
              [&](auto const& one) { writer.write_offering(one); });
  writer.list(R"(,"checks":)", decision.checks, [&](auto const& one) { writer.write_check(one); });
  writer.list(R"(,"escalations":)", decision.escalations,
              [&](auto const& one) { writer.write_escalation(one); });
  writer.list(R"(,"alerts":)", decision.alerts, [&](auto const& one) { writer.write_alert(one); });
  writer.list(R"(,"record":)", decision.record,
              [&](auto const& one) { writer.write_recording(one); });
  writer.list(R"(,"forbidden":)", decision.forbidden,
              [&](auto const& one) { writer.write_forbidding(one); });
  writer.list(R"(,"withheld":)", decision.withheld,
              [&](auto const& one) { writer.write_withholding(one); });
  writer.list(R"(,"questions":)", decision.questions,
              [&](auto const& one) { writer.write_question(one); });
  writer.list(R"(,"matches":)", decision.matches,
              [&](auto const& one) { writer.write_match(one); });
  writer.texts(R"(,"rules":{"fired":)", decision.fired);
  writer.texts(R"(,"pending":)", decision.pending);
  writer.texts(R"(},"ignored":)", decision.ignored);
  writer.list(R"(,"warnings":)", decision.warnings,
              [&](auto const& one) { writer.write_warning(one); });
  out += '}';
}

}  // namespace

void write_decision(std::string& out, Decision const& decision, EngineVersion const& engine,
                    std::string_view id) {
  write_any(out, decision, engine, id);
}

void write_decision(std::string& out, lent::Decision const& decision, EngineVersion const& engine,
                    std::string_view id) {
  write_any(out, decision, engine, id);
}

}  // namespace heed::json
