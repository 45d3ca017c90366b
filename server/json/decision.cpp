#include "server/json/decision.hpp"

#include <array>

#include "engine/base/expected.hpp"
#include "engine/base/time_text.hpp"
#include "server/json/out.hpp"

namespace heed::json {
namespace {

constexpr std::array<std::string_view, 3> state_names{"met", "threatened", "violated"};

std::string_view name_of(NeedState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::string_view name_of(NeedKind kind) {
  return kind == NeedKind::functional ? "functional" : "psychological";
}

template <class Items, class Write>
void put_each(Out& out, Items const& items, Write const& write) {
  out.put('[');
  bool is_first = true;
  for (auto const& item : items) {
    if (!is_first) out.put(',');
    is_first = false;
    write(item);
  }
  out.put(']');
}

template <class ShownAs>
void put_shown(Out& out, ShownAs const& shown) {
  std::visit(overloaded{
                 [&](std::monostate) { out.put("null"); },
                 [&](None) { out.put("null"); },
                 [&](bool truth) { out.put_as_is(truth ? "true" : "false"); },
                 [&](typename ShownAs::Decimal const& number) { out.put_as_is(number.text); },
                 [&](typename ShownAs::Amount const& money) {
                   out.put(R"({"amount":)");
                   out.put_text(money.amount);
                   out.put(R"(,"currency":)");
                   out.put_text(money.currency);
                   out.put('}');
                 },
                 [&](std::string_view text) { out.put_text(text); },
                 [&](std::string const& text) { out.put_text(text); },
                 [&](auto const& items) {
                   put_each(out, items, [&](auto const& item) { put_shown(out, item); });
                 },
             },
             shown.form);
}

void put_texts(Out& out, auto const& texts) {
  out.put('{');
  bool is_first = true;
  for (auto const& [language, text] : texts) {
    if (!is_first) out.put(',');
    is_first = false;
    out.put_text(language);
    out.put(':');
    out.put_text(text);
  }
  out.put('}');
}

/// Writes the parts of one decision, be it one that stands on its own or one that borrows: they
/// have the same members. Each member begins with its own comma.
class Writer {
 public:
  Writer(Out& out, Zone const& zone) : out_{out}, zone_{zone} {}

  template <class Findings, class Write>
  void list(auto const& member, Findings const& findings, Write const& write) {
    out_.put(member);
    put_each(out_, findings, write);
  }
  template <class Findings, class Write>
  void map(auto const& member, Findings const& findings, Write const& write) {
    out_.put(member);
    out_.put('{');
    bool is_first = true;
    for (auto const& finding : findings) {
      if (!is_first) out_.put(',');
      is_first = false;
      write(finding);
    }
    out_.put('}');
  }
  void texts(auto const& member, auto const& texts) {
    out_.put(member);
    put_each(out_, texts, [this](std::string_view text) { out_.put_text(text); });
  }

  void write_head(auto const& decision, EngineVersion const& engine, std::string_view id) {
    out_.put('{');
    if (!id.empty()) {
      text(R"("id":)", id);
      out_.put(',');
    }
    instant(R"("at":)", decision.at);
    out_.put(R"(,"subject":)");
    if (decision.subject.empty()) {
      out_.put("null");
    } else {
      out_.put_text(decision.subject);
    }
    text(R"(,"policy":{"name":)", decision.policy);
    text(R"(,"revision":)", decision.revision);
    text(R"(},"engine":{"version":)", engine.version);
    text(R"(,"tz":)", engine.tz);
    text(R"(,"cldr":)", engine.cldr);
    out_.put('}');
  }

  void write_need(auto const& finding) {
    text(R"({"need":)", finding.need);
    text(R"(,"kind":)", name_of(finding.kind));
    text(R"(,"state":)", name_of(finding.state));
    out_.put(R"(,"severity":)");
    out_.put_number(finding.severity);
    text(R"(,"could_be":{"state":)", name_of(finding.could_be));
    out_.put(R"(,"severity":)");
    out_.put_number(finding.could_be_severity);
    out_.put('}');
    because(finding.because);
    out_.put('}');
  }

  void write_score(auto const& finding) {
    out_.put_text(finding.score);
    out_.put(R"(:{"value":)");
    if (finding.value)
      out_.put_as_is(to_text(*finding.value));
    else
      out_.put("null");
    out_.put(R"(,"between":[)");
    out_.put_as_is(to_text(finding.least));
    out_.put(',');
    out_.put_as_is(to_text(finding.most));
    out_.put("]}");
  }

  void write_answer(auto const& finding) {
    out_.put_text(finding.answer);
    shown(R"(:{"value":)", finding.value);
    shown(R"(,"could_be":)", finding.could_be);
    texts(R"(,"rules":)", finding.rules);
    out_.put('}');
  }

  void write_plan_item(auto const& item) {
    optional(R"({"phase":)", item.phase);
    text(R"(,"action":)", item.action);
    with(item.with);
    out_.put(R"(,"by":)");
    if (item.by.empty()) {
      out_.put("null");
    } else {
      out_.put_text(item.by);
    }
    optional(R"(,"internal_to":)", item.internal_to);
    instant(R"(,"due":)", item.due);
    instant(R"(,"expires":)", item.expires);
    counted(item.counted);
    out_.put(R"(,"approval":)");
    if (item.approval) {
      text(R"({"role":)", item.approval->role);
      text(R"(,"limit":)", item.approval->limit);
      out_.put('}');
    } else {
      out_.put("null");
    }
    optional(R"(,"requires":)", item.requires_);
    texts(R"(,"unless":)", item.unless);
    texts(R"(,"rules":)", item.rules);
    out_.put('}');
  }

  void write_saying(auto const& saying) {
    optional(R"({"script":)", saying.script);
    out_.put(R"(,"text":)");
    put_texts(out_, saying.text);
    texts(R"(,"rules":)", saying.rules);
    out_.put('}');
  }

  void write_offering(auto const& offering) {
    out_.put(R"({"one_of":)");
    put_each(out_, offering.options, [this](auto const& option) { out_.put_text(option.action); });
    out_.put(R"(,"options":)");
    put_each(out_, offering.options, [this](auto const& option) {
      text(R"({"action":)", option.action);
      with(option.with);
      optional(R"(,"requires":)", option.requires_);
      texts(R"(,"unless":)", option.unless);
      out_.put('}');
    });
    texts(R"(,"rules":)", offering.rules);
    out_.put('}');
  }

  void write_check(auto const& check) {
    text(R"({"before":)", check.before);
    out_.put(R"(,"text":)");
    put_texts(out_, check.text);
    texts(R"(,"rules":)", check.rules);
    out_.put('}');
  }

  void write_escalation(auto const& escalation) {
    optional(R"({"to":)", escalation.to);
    instant(R"(,"due":)", escalation.due);
    counted(escalation.counted);
    out_.put(R"(,"then":)");
    put_each(out_, escalation.then, [this](auto const& step) {
      text(R"({"to":)", step.to);
      instant(R"(,"due":)", step.due);
      out_.put('}');
    });
    text(R"(,"could_be":{"to":)", escalation.could_be);
    out_.put('}');
    texts(R"(,"rules":)", escalation.rules);
    because(escalation.because);
    out_.put('}');
  }

  void write_alert(auto const& alert) {
    text(R"({"role":)", alert.role);
    instant(R"(,"due":)", alert.due);
    texts(R"(,"rules":)", alert.rules);
    out_.put('}');
  }

  void write_recording(auto const& recording) {
    text(R"({"event":)", recording.event);
    with(recording.with);
    texts(R"(,"rules":)", recording.rules);
    out_.put('}');
  }

  void write_forbidding(auto const& forbidding) {
    text(R"({"action":)", forbidding.action);
    texts(R"(,"rules":)", forbidding.rules);
    out_.put('}');
  }

  void write_withholding(auto const& withholding) {
    text(R"({"action":)", withholding.action);
    text(R"(,"requires":)", withholding.requires_);
    texts(R"(,"rules":)", withholding.rules);
    out_.put('}');
  }

  void write_question(auto const& question) {
    text(R"({"fact":)", question.fact);
    text(R"(,"type":)", question.type);
    if (question.values.empty()) {
      out_.put(R"(,"values":null)");
    } else {
      texts(R"(,"values":)", question.values);
    }
    out_.put(R"(,"ask":)");
    put_texts(out_, question.ask);
    texts(R"(,"could_change":)", question.could_change);
    out_.put('}');
  }

  void write_match(auto const& match) {
    text(R"({"fact":)", match.fact);
    text(R"(,"phrases":)", match.phrases);
    text(R"(,"phrase":)", match.phrase);
    out_.put(R"(,"at":[)");
    out_.put_number(match.begin);
    out_.put(',');
    out_.put_number(match.end);
    out_.put("]}");
  }

  void write_warning(auto const& warning) {
    text(R"({"code":)", warning.code);
    out_.put(R"(,"rule":)");
    if (warning.rule.empty()) {
      out_.put("null");
    } else {
      out_.put_text(warning.rule);
    }
    text(R"(,"text":)", warning.text);
    out_.put('}');
  }

 private:
  void text(auto const& member, std::string_view text) {
    out_.put(member);
    out_.put_text(text);
  }
  void instant(auto const& member, std::optional<Instant> at) {
    out_.put(member);
    if (!at) {
      out_.put("null");
      return;
    }
    out_.put('"');
    out_.put_up_to(instant_text_bytes_max,
                   [&](char* out) { return heed::put_text(out, *at, zone_); });
    out_.put('"');
  }
  void optional(auto const& member, auto const& text) {
    out_.put(member);
    if (text)
      out_.put_text(*text);
    else
      out_.put("null");
  }
  void shown(auto const& member, auto const& value) {
    out_.put(member);
    put_shown(out_, value);
  }

  void with(auto const& parameters) {
    out_.put(R"(,"with":{)");
    bool is_first = true;
    for (auto const& [name, value] : parameters) {
      if (!is_first) out_.put(',');
      is_first = false;
      out_.put_text(name);
      shown(":", value);
    }
    out_.put('}');
  }

  void because(auto const& reasons) {
    out_.put(R"(,"because":)");
    put_each(out_, reasons, [this](auto const& reason) {
      text(R"({"rule":)", reason.rule);
      out_.put(R"(,"text":)");
      put_texts(out_, reason.text);
      out_.put('}');
    });
  }

  void counted(auto const& counted) {
    out_.put(R"(,"counted":)");
    if (!counted) {
      out_.put("null");
      return;
    }
    text(R"({"calendar":)", counted->calendar);
    instant(R"(,"from":)", counted->from);
    out_.put(R"(,"intervals":)");
    put_each(out_, counted->intervals, [this](std::pair<Instant, Instant> const& open) {
      instant("[", open.first);
      instant(",", open.second);
      out_.put(']');
    });
    out_.put(R"(,"skipped":)");
    put_each(out_, counted->skipped, [this](Date day) { out_.put_text(to_text(day)); });
    out_.put('}');
  }

  Out& out_;
  Zone const& zone_;
};

template <class Of>
void write_any(std::string& text, Of const& decision, EngineVersion const& engine,
               std::string_view id) {
  Out out{text};
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
  out.put('}');
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
