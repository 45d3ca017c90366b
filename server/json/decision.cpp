#include "server/json/decision.hpp"

#include <array>
#include <concepts>
#include <ranges>

#include "engine/base/expected.hpp"
#include "engine/base/time_text.hpp"
#include "server/json/canonical.hpp"
#include "server/json/members.hpp"

namespace heed::json {
namespace {

constexpr std::array<std::string_view, 3> state_names{"met", "threatened", "violated"};

std::string_view name_of(NeedState state) {
  return state_names[static_cast<std::size_t>(state)];
}

std::string_view name_of(NeedKind kind) {
  return kind == NeedKind::functional ? "functional" : "psychological";
}

// Of a parameter that is given, or of a text in a language.
template <class Name, class Value>
std::pair<Name const&, Value const&> parts_of(std::pair<Name, Value> const& item) {
  return {item.first, item.second};
}
std::pair<lent::Name const&, lent::Shown const&> parts_of(lent::Given const& item) {
  return {item.name, item.value};
}
std::pair<lent::Name const&, std::string_view const&> parts_of(lent::Text const& item) {
  return {item.language, item.text};
}

/// Writes one decision, be it one that stands on its own or one that borrows: they have the same
/// members.
template <Order order>
class Writer {
 public:
  Writer(Out& out, Zone const& zone) : out_{out}, zone_{zone} {}

  void write(auto const& decision, EngineVersion const& engine, std::string_view id) {
    auto const write_id = [this, id] { put(id); };
    object(
        OptionalMember<"id", decltype(write_id)>{!id.empty(), write_id}, of<"at">(decision.at),
        of<"subject">(or_null(decision.subject)), of<"policy">([&] { policy(decision); }),
        of<"engine">([&] { version(engine); }),
        list<"needs">(decision.needs, [this](auto const& one) { this->need(one); }),
        scores<"scores">(decision.scores), answers<"answers">(decision.answers),
        list<"plan">(decision.plan, [this](auto const& one) { this->plan_item(one); }),
        list<"say">(decision.say, [this](auto const& one) { this->saying(one); }),
        list<"choices">(decision.choices, [this](auto const& one) { this->offering(one); }),
        list<"checks">(decision.checks, [this](auto const& one) { this->check(one); }),
        list<"escalations">(decision.escalations,
                            [this](auto const& one) { this->escalation(one); }),
        list<"alerts">(decision.alerts, [this](auto const& one) { this->alert(one); }),
        list<"record">(decision.record, [this](auto const& one) { this->recording(one); }),
        list<"forbidden">(decision.forbidden, [this](auto const& one) { this->forbidding(one); }),
        list<"withheld">(decision.withheld, [this](auto const& one) { this->withholding(one); }),
        list<"questions">(decision.questions, [this](auto const& one) { this->question(one); }),
        list<"matches">(decision.matches, [this](auto const& one) { this->match(one); }),
        of<"rules">([&] { rules(decision); }), of<"ignored">(decision.ignored),
        list<"warnings">(decision.warnings, [this](auto const& one) { this->warning(one); }));
  }

 private:
  void policy(auto const& decision) {
    object(of<"name">(decision.policy), of<"revision">(decision.revision));
  }
  void version(EngineVersion const& engine) {
    object(of<"version">(engine.version), of<"tz">(engine.tz), of<"cldr">(engine.cldr));
  }
  void rules(auto const& decision) {
    object(of<"fired">(decision.fired), of<"pending">(decision.pending));
  }
  void reason(lent::Reason const& reason) {
    once(reason.written, [this, &reason] { write_reason(reason); });
  }
  void reason(Reason const& reason) { write_reason(reason); }
  void write_reason(auto const& reason) {
    object(of<"rule">(reason.rule), by_name<"text">(reason.text));
  }
  void need(auto const& finding) {
    object(
        of<"need">(finding.need), of<"kind">(name_of(finding.kind)),
        of<"state">(name_of(finding.state)), of<"severity">(finding.severity), of<"could_be">([&] {
          object(of<"state">(name_of(finding.could_be)), of<"severity">(finding.could_be_severity));
        }),
        reasons<"because">(finding.because));
  }
  template <FixedText name>
  auto scores(auto const& scores) {
    return map<name>(
        scores, [](auto const& finding) -> auto const& { return finding.score; },
        [this](auto const& finding) {
          this->object(quiet<"value", "null">(!finding.value,
                                              [&] { this->number(to_text(*finding.value)); }),
                       of<"between">([&] {
                         out_.put('[');
                         number(to_text(finding.least));
                         out_.put(',');
                         number(to_text(finding.most));
                         out_.put(']');
                       }));
        });
  }
  template <FixedText name>
  auto answers(auto const& answers) {
    return map<name>(
        answers, [](auto const& finding) -> auto const& { return finding.answer; },
        [this](auto const& finding) {
          this->object(of<"value">(finding.value), of<"could_be">(finding.could_be),
                       of<"rules">(finding.rules));
        });
  }
  void plan_item(lent::PlanItem const& item) {
    once(item.written, [this, &item] { write_plan_item(item); });
  }
  void plan_item(PlanItem const& item) { write_plan_item(item); }
  void write_plan_item(auto const& item) {
    object(of<"phase">(item.phase), of<"action">(item.action), by_name<"with">(item.with),
           of<"by">(or_null(item.by)), of<"internal_to">(item.internal_to), of<"due">(item.due),
           of<"expires">(item.expires), counted<"counted">(item.counted),
           quiet<"approval", "null">(
               !item.approval,
               [&] { object(of<"role">(item.approval->role), of<"limit">(item.approval->limit)); }),
           of<"requires">(item.requires_), of<"unless">(item.unless), of<"rules">(item.rules));
  }
  void saying(auto const& saying) {
    object(of<"script">(saying.script), by_name<"text">(saying.text), of<"rules">(saying.rules));
  }
  void offering(auto const& offering) {
    object(list<"one_of">(offering.options, [this](auto const& one) { this->put(one.action); }),
           list<"options">(offering.options,
                           [this](auto const& option) {
                             this->object(of<"action">(option.action), by_name<"with">(option.with),
                                          of<"requires">(option.requires_),
                                          of<"unless">(option.unless));
                           }),
           of<"rules">(offering.rules));
  }
  void check(auto const& check) {
    object(of<"before">(check.before), by_name<"text">(check.text), of<"rules">(check.rules));
  }
  void escalation(auto const& escalation) {
    object(of<"to">(escalation.to), of<"due">(escalation.due),
           counted<"counted">(escalation.counted),
           list<"then">(
               escalation.then,
               [this](auto const& step) { this->object(of<"to">(step.to), of<"due">(step.due)); }),
           of<"could_be">([&] { object(of<"to">(escalation.could_be)); }),
           of<"rules">(escalation.rules), reasons<"because">(escalation.because));
  }
  void alert(auto const& alert) {
    object(of<"role">(alert.role), of<"due">(alert.due), of<"rules">(alert.rules));
  }
  void recording(auto const& recording) {
    object(of<"event">(recording.event), by_name<"with">(recording.with),
           of<"rules">(recording.rules));
  }
  void forbidding(auto const& forbidding) {
    object(of<"action">(forbidding.action), of<"rules">(forbidding.rules));
  }
  void withholding(auto const& withholding) {
    object(of<"action">(withholding.action), of<"requires">(withholding.requires_),
           of<"rules">(withholding.rules));
  }
  void question(auto const& question) {
    object(of<"fact">(question.fact), of<"type">(question.type),
           quiet<"values", "null">(question.values.empty(), [&] { put(question.values); }),
           by_name<"ask">(question.ask), of<"could_change">(question.could_change));
  }
  void match(auto const& match) {
    object(of<"fact">(match.fact), of<"phrases">(match.phrases), of<"phrase">(match.phrase),
           of<"at">([&] {
             out_.put('[');
             out_.put_number(match.begin);
             out_.put(',');
             out_.put_number(match.end);
             out_.put(']');
           }));
  }
  void warning(auto const& warning) {
    object(of<"code">(warning.code), of<"rule">(or_null(warning.rule)), of<"text">(warning.text));
  }
  template <FixedText name>
  auto counted(auto const& counted) {
    return quiet<name, "null">(!counted, [this, &counted] {
      this->object(
          of<"calendar">(counted->calendar), of<"from">(counted->from),
          list<"intervals">(counted->intervals,
                            [this](std::pair<Instant, Instant> const& open) {
                              out_.put('[');
                              put(open.first);
                              out_.put(',');
                              put(open.second);
                              out_.put(']');
                            }),
          list<"skipped">(counted->skipped, [this](Date day) { this->put(to_text(day)); }));
    });
  }

  // Members: of a value that is written as its type says, of something that writes it, and of items
  // of which there may be none.
  template <FixedText name>
  auto of(auto const& value) {
    auto const write = [this, &value] { put(value); };
    return Member<name, decltype(write)>{write};
  }
  template <FixedText name, class Value>
  auto of(std::optional<Value> const& value) {
    return quiet<name, "null">(!value, [this, &value] { put(*value); });
  }
  template <FixedText name>
  auto of(std::ranges::range auto const& items) requires(
      !std::convertible_to<decltype(items), std::string_view>) {
    return list<name>(items, [this](auto const& item) { this->put(item); });
  }
  template <FixedText name, FixedText instead>
  static auto quiet(bool says_nothing, auto const& write) {
    return QuietMember<name, instead, std::decay_t<decltype(write)>>{says_nothing, write};
  }
  template <FixedText name>
  auto list(auto const& items, auto const& write) {
    return quiet<name, "[]">(items.empty(), [this, &items, write] { put_list(items, write); });
  }
  /// An object with a member for each item.
  template <FixedText name>
  auto map(auto const& items, auto const& name_of, auto const& write) {
    return quiet<name, "{}">(items.empty(), [this, &items, name_of, write] {
      auto before = '{';
      for_each_in_order<order>(items, name_of, [&](auto const& item) {
        out_.put(before);
        before = ',';
        out_.put_text(name_of(item));
        out_.put(':');
        write(item);
      });
      out_.put('}');
    });
  }
  /// Of parameters that are given, or of texts in languages.
  template <FixedText name>
  auto by_name(auto const& items) {
    return map<name>(
        items, [](auto const& item) -> auto const& { return parts_of(item).first; },
        [this](auto const& item) { this->put(parts_of(item).second); });
  }
  template <FixedText name>
  auto reasons(auto const& reasons) {
    return list<name>(reasons, [this](auto const& one) { this->reason(one); });
  }
  void object(auto const&... members) { put_object<order>(out_, members...); }
  static auto or_null(std::string_view text) {
    return text.empty() ? std::optional<std::string_view>{} : text;
  }

  /// Writes what says the same in every case as it was written before.
  void once(lent::Written* before, auto const& write) {
    if (before == nullptr) return write();
    auto& text = before->forms[static_cast<std::size_t>(order)];
    if (!text.empty()) return out_.put_as_is(text);
    auto const begin = out_.size();
    write();
    text = before->room->keep(out_.since(begin));
  }

  void put(std::string_view text) { out_.put_text(text); }
  void put(int number) { out_.put_number(number); }
  void put(Instant at) {
    out_.put('"');
    out_.put_up_to(instant_text_bytes_max,
                   [&](char* out) { return heed::put_text(out, at, zone_); });
    out_.put('"');
  }
  void put(std::invocable auto const& write) { write(); }
  void put(auto const& value) requires requires { value.form; }
  {
    std::visit([this](auto const& form) { this->put_form(form); }, value.form);
  }
  void put(std::ranges::range auto const& items) requires(
      !std::convertible_to<decltype(items), std::string_view>) {
    if (items.empty()) return out_.put("[]");
    put_list(items, [this](auto const& item) { this->put(item); });
  }
  /// Of one item or more.
  void put_list(auto const& items, auto const& write) {
    auto before = '[';
    for (auto const& item : items) {
      out_.put(before);
      before = ',';
      write(item);
    }
    out_.put(']');
  }

  void put_form(std::monostate) { out_.put("null"); }
  void put_form(None) { out_.put("null"); }
  void put_form(bool truth) { out_.put_as_is(truth ? "true" : "false"); }
  void put_form(auto const& form) {
    if constexpr (requires { form.currency; })
      object(of<"amount">(form.amount), of<"currency">(form.currency));
    else if constexpr (requires { form.text; })
      number(form.text);
    else
      put(form);
  }
  void number(std::string_view text) {
    if (order == Order::of_answer || is_canonical_number(text)) return out_.put_as_is(text);
    std::string canonical;
    append_canonical_number(canonical, text);
    out_.put_as_is(canonical);
  }

  Out& out_;
  Zone const& zone_;
};

template <Order order>
void write_any(std::string& text, auto const& decision, EngineVersion const& engine,
               std::string_view id) {
  Out out{text};
  Writer<order>{out, decision.zone}.write(decision, engine, id);
}

}  // namespace

void write_decision(std::string& out, Decision const& decision, EngineVersion const& engine,
                    std::string_view id) {
  write_any<Order::of_answer>(out, decision, engine, id);
}

void write_decision(std::string& out, lent::Decision const& decision, EngineVersion const& engine,
                    std::string_view id) {
  write_any<Order::of_answer>(out, decision, engine, id);
}

void write_canonical_decision(std::string& out, Decision const& decision,
                              EngineVersion const& engine, std::string_view id) {
  write_any<Order::canonical>(out, decision, engine, id);
}

void write_canonical_decision(std::string& out, lent::Decision const& decision,
                              EngineVersion const& engine, std::string_view id) {
  write_any<Order::canonical>(out, decision, engine, id);
}

}  // namespace heed::json
