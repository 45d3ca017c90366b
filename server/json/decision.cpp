#include "server/json/decision.hpp"

#include <array>

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

// Writes the parts of one decision; each member begins with its own comma.
class Writer {
 public:
  Writer(std::string& out, Zone const& zone) : out_{out}, zone_{zone} {}

  void write_head(Decision const& decision, EngineVersion const& engine, std::string_view id);
  void write(NeedFinding const& finding);
  void write(ScoreFinding const& finding);
  void write(AnswerFinding const& finding);
  void write(PlanItem const& item);
  void write(Saying const& saying);
  void write(Offering const& offering);
  void write(CheckFinding const& check);
  void write(Escalation const& escalation);
  void write(AlertFinding const& alert);
  void write(Recording const& recording);
  void write(Forbidding const& forbidding);
  void write(Withholding const& withholding);
  void write(Question const& question);
  void write(Match const& match);
  void write(Warning const& warning);

  template <class Findings>
  void list(std::string_view member, Findings const& findings) {
    out_ += member;
    append_each(out_, findings, [this](auto const& finding) { this->write(finding); });
  }
  template <class Findings>
  void map(std::string_view member, Findings const& findings) {
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
  void texts(std::string_view member, std::vector<std::string> const& texts) {
    out_ += member;
    append_list(out_, texts);
  }

 private:
  void text(std::string_view member, std::string_view text) {
    out_ += member;
    append_text(out_, text);
  }
  void instant(std::string_view member, std::optional<Instant> at) {
    out_ += member;
    if (at) {
      append_text(out_, zone_.to_text(*at));
    } else {
      out_ += "null";
    }
  }
  void optional(std::string_view member, std::optional<std::string> const& text) {
    out_ += member;
    append_text_or_null(out_, text);
  }
  void shown(std::string_view member, Shown const& value) {
    out_ += member;
    append_shown(out_, value);
  }
  void with(std::vector<std::pair<std::string, Shown>> const& parameters);
  void because(std::vector<Reason> const& reasons);
  void counted(std::optional<Counted> const& counted);

  std::string& out_;
  Zone const& zone_;
};

void Writer::with(std::vector<std::pair<std::string, Shown>> const& parameters) {
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

void Writer::because(std::vector<Reason> const& reasons) {
  out_ += R"(,"because":)";
  append_each(out_, reasons, [this](Reason const& reason) {
    text(R"({"rule":)", reason.rule);
    out_ += R"(,"text":)";
    append_texts(out_, reason.text);
    out_ += '}';
  });
}

void Writer::counted(std::optional<Counted> const& counted) {
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

void Writer::write_head(Decision const& decision, EngineVersion const& engine,
                        std::string_view id) {
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

void Writer::write(NeedFinding const& finding) {
  text(R"({"need":)", finding.need);
  text(R"(,"kind":)", name_of(finding.kind));
  text(R"(,"state":)", name_of(finding.state));
  out_ += R"(,"severity":)" + std::to_string(finding.severity);
  text(R"(,"could_be":{"state":)", name_of(finding.could_be));
  out_ += R"(,"severity":)" + std::to_string(finding.could_be_severity);
  out_ += '}';
  because(finding.because);
  out_ += '}';
}

void Writer::write(ScoreFinding const& finding) {
  append_text(out_, finding.score);
  out_ += R"(:{"value":)";
  out_ += finding.value ? to_text(*finding.value) : "null";
  out_ += R"(,"between":[)" + to_text(finding.least);
  out_ += ',';
  out_ += to_text(finding.most);
  out_ += "]}";
}

void Writer::write(AnswerFinding const& finding) {
  append_text(out_, finding.answer);
  shown(R"(:{"value":)", finding.value);
  shown(R"(,"could_be":)", finding.could_be);
  texts(R"(,"rules":)", finding.rules);
  out_ += '}';
}

void Writer::write(PlanItem const& item) {
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

void Writer::write(Saying const& saying) {
  optional(R"({"script":)", saying.script);
  out_ += R"(,"text":)";
  append_texts(out_, saying.text);
  texts(R"(,"rules":)", saying.rules);
  out_ += '}';
}

void Writer::write(Offering const& offering) {
  out_ += R"({"one_of":)";
  append_each(out_, offering.options,
              [this](Offering::Option const& option) { append_text(out_, option.action); });
  out_ += R"(,"options":)";
  append_each(out_, offering.options, [this](Offering::Option const& option) {
    text(R"({"action":)", option.action);
    with(option.with);
    optional(R"(,"requires":)", option.requires_);
    texts(R"(,"unless":)", option.unless);
    out_ += '}';
  });
  texts(R"(,"rules":)", offering.rules);
  out_ += '}';
}

void Writer::write(CheckFinding const& check) {
  text(R"({"before":)", check.before);
  out_ += R"(,"text":)";
  append_texts(out_, check.text);
  texts(R"(,"rules":)", check.rules);
  out_ += '}';
}

void Writer::write(Escalation const& escalation) {
  optional(R"({"to":)", escalation.to);
  instant(R"(,"due":)", escalation.due);
  counted(escalation.counted);
  out_ += R"(,"then":)";
  append_each(out_, escalation.then, [this](Escalation::Step const& step) {
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

void Writer::write(AlertFinding const& alert) {
  text(R"({"role":)", alert.role);
  instant(R"(,"due":)", alert.due);
  texts(R"(,"rules":)", alert.rules);
  out_ += '}';
}

void Writer::write(Recording const& recording) {
  text(R"({"event":)", recording.event);
  with(recording.with);
  texts(R"(,"rules":)", recording.rules);
  out_ += '}';
}

void Writer::write(Forbidding const& forbidding) {
  text(R"({"action":)", forbidding.action);
  texts(R"(,"rules":)", forbidding.rules);
  out_ += '}';
}

void Writer::write(Withholding const& withholding) {
  text(R"({"action":)", withholding.action);
  text(R"(,"requires":)", withholding.requires_);
  texts(R"(,"rules":)", withholding.rules);
  out_ += '}';
}

void Writer::write(Question const& question) {
  text(R"({"fact":)", question.fact);
  text(R"(,"type":)", question.type);
  if (question.values.empty()) {
    out_ += R"(,"values":null)";
  } else {
    texts(R"(,"values":)", question.values);
  }
  out_ += R"(,"ask":)";
  append_texts(out_, question.ask);
  texts(R"(,"could_change":)", question.could_change);
  out_ += '}';
}

void Writer::write(Match const& match) {
  text(R"({"fact":)", match.fact);
  text(R"(,"phrases":)", match.phrases);
  text(R"(,"phrase":)", match.phrase);
  out_ += R"(,"at":[)" + std::to_string(match.begin);
  out_ += ',';
  out_ += std::to_string(match.end);
  out_ += "]}";
}

void Writer::write(Warning const& warning) {
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

}  // namespace

void write_decision(std::string& out, Decision const& decision, EngineVersion const& engine,
                    std::string_view id) {
  Writer writer{out, decision.zone};
  writer.write_head(decision, engine, id);
  writer.list(R"(,"needs":)", decision.needs);
  writer.map(R"(,"scores":)", decision.scores);
  writer.map(R"(,"answers":)", decision.answers);
  writer.list(R"(,"plan":)", decision.plan);
  writer.list(R"(,"say":)", decision.say);
  writer.list(R"(,"choices":)", decision.choices);
  writer.list(R"(,"checks":)", decision.checks);
  writer.list(R"(,"escalations":)", decision.escalations);
  writer.list(R"(,"alerts":)", decision.alerts);
  writer.list(R"(,"record":)", decision.record);
  writer.list(R"(,"forbidden":)", decision.forbidden);
  writer.list(R"(,"withheld":)", decision.withheld);
  writer.list(R"(,"questions":)", decision.questions);
  writer.list(R"(,"matches":)", decision.matches);
  writer.texts(R"(,"rules":{"fired":)", decision.fired);
  writer.texts(R"(,"pending":)", decision.pending);
  writer.texts(R"(},"ignored":)", decision.ignored);
  writer.list(R"(,"warnings":)", decision.warnings);
  out += '}';
}

}  // namespace heed::json
