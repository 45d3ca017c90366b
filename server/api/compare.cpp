// POST /v1/policies/compare: what another policy would decide otherwise, for whom and why.
#include <charconv>

#include "server/api/admission.hpp"
#include "server/api/deciding.hpp"
#include "server/api/log_filter.hpp"
#include "server/api/policy_sources.hpp"
#include "server/api/policy_text.hpp"
#include "server/api/query.hpp"
#include "server/api/sealed_words.hpp"
#include "server/api/sealing.hpp"
#include "server/http/problem.hpp"
#include "server/json/comparison.hpp"
#include "server/json/resolved.hpp"
#include "server/json/source.hpp"
#include "server/store/revision.hpp"

namespace heed::api {
namespace {

using http::Reply;
using http::Request;
using http::Response;
using json::Node;
using PolicyInUse = std::shared_ptr<ActivePolicy const>;
using MaybeCase = Expected<Case, json::CaseMistakes>;

constexpr std::size_t examples_max = 100;  // of each group

Failure<Response> bad_comparison(std::string const& detail) {
  return {http::problem(400, "bad-comparison", "The body says not what to compare", detail)};
}

/// What is compared, as the body says it.
struct Asked {
  Node document;
  Node const* old = nullptr;  // null: the active policy
  Node const* fresh = nullptr;
  Node const* cases = nullptr;  // or
  bool by_log = false;
  store::Filter filter;
  std::size_t limit = 100;
  std::size_t examples = 3;
  std::string source;
};

bool is_text(Node const& node) {
  return node.form == Node::Form::text;
}

/// A whole number from `least` to `most`; nothing for anything else.
std::optional<std::size_t> read_count(Node const& node, std::size_t least, std::size_t most) {
  std::size_t count = 0;
  auto const& text = node.text;
  auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), count);
  bool const whole =
      node.form == Node::Form::number && code == std::errc{} && end == text.data() + text.size();
  return whole && count >= least && count <= most ? std::optional{count} : std::nullopt;
}

/// `{"need": "respect", "from": "2026-11-01", "limit": 1000}`.
Expected<Done, Response> read_log(Node const& log, Asked& asked) {
  if (log.form != Node::Form::object)
    return bad_comparison("`log` wants an object of conditions, `{}` for the last decisions");
  for (Node const& member : log.items) {
    if (member.name == "limit") {
      auto const limit = read_count(member, 1, limits::log_page_records_max);
      if (!limit)
        return bad_comparison("`limit` wants a number from 1 to " +
                              std::to_string(limits::log_page_records_max) +
                              "; `heed compare --log` has no such limit");
      asked.limit = *limit;
      continue;
    }
    if (!is_text(member)) return bad_comparison("`" + member.name + "` in `log` wants a text");
    auto const taken = read_condition(asked.filter, member.name, member.text);
    if (!taken) return bad_comparison(taken.error());
    if (!taken.value())
      return bad_comparison("`log` has no condition `" + member.name + "`; it takes limit, " +
                            std::string{filter_words});
  }
  asked.by_log = true;
  asked.filter.kind = "decision";
  return Done{};
}

Expected<Done, Response> read_member(Node const& member, Asked& asked) {
  if (member.name == "old") {
    asked.old = &member;
  } else if (member.name == "new") {
    asked.fresh = &member;
  } else if (member.name == "cases") {
    asked.cases = &member;
  } else if (member.name == "log") {
    return read_log(member, asked);
  } else if (member.name == "source" && is_text(member)) {
    asked.source = member.text;
  } else if (member.name == "examples") {
    auto const count = read_count(member, 0, examples_max);
    if (!count)
      return bad_comparison("`examples` wants a number from 0 to " + std::to_string(examples_max));
    asked.examples = *count;
  } else {
    return bad_comparison("`" + member.name +
                          "` says nothing here; there are old, new, cases, log, examples, and "
                          "source, a text");
  }
  return Done{};
}

/// The nodes in the answer are those of its document.
Expected<std::shared_ptr<Asked const>, Response> read_asked(std::string_view body) {
  auto document = json::read_document(body, limits::http_batch_bytes_max);
  if (!document) return bad_comparison(document.error().message);
  auto asked = std::make_shared<Asked>();
  asked->document = std::move(document).value();
  if (asked->document.form != Node::Form::object) return bad_comparison("expected an object");
  for (Node const& member : asked->document.items)
    if (auto read = read_member(member, *asked); !read) return Failure<Response>{read.error()};
  if (asked->fresh == nullptr)
    return bad_comparison(
        "`new` has to name a revision, or hold a policy: `{\"files\": [{\"name\": \"…\", "
        "\"text\": \"…\"}]}`");
  if ((asked->cases == nullptr) != asked->by_log)
    return bad_comparison(
        "one of `cases`, a list of cases, and `log`, conditions, has to be there");
  if (asked->cases != nullptr && asked->cases->form != Node::Form::list)
    return bad_comparison("`cases` wants a list of cases");
  if (asked->by_log && !asked->source.empty())
    return bad_comparison("`source` is for `cases` alone: the log holds cases as they were read");
  return std::shared_ptr<Asked const>{std::move(asked)};
}

/// The policy that a side names or holds; the active one where there is none.
Expected<PolicyInUse, Response> find_side(Service& service, Node const* side) {
  if (side == nullptr || (is_text(*side) && side->text == "active"))
    return service.policies.current();
  if (is_text(*side)) {
    auto found = service.desk.shelf.find(side->text);
    if (!found) return Failure<Response>{refuse_policy(found.error())};
    return std::move(found).value();
  }
  auto sources = read_files(*side);
  if (!sources)
    return bad_comparison("`" + side->name +
                          "` wants a revision, `\"active\"`, or a policy's `files`");
  if (auto const named = check_names(sources.value()); !named)
    return Failure<Response>{refuse(422, named.error())};
  auto compiled = compile_active(std::move(sources).value(), "in `" + side->name + "`",
                                 "`findings` tells every mistake");
  if (!compiled) return Failure<Response>{refuse_policy(compiled.error())};
  return std::move(compiled).value();
}

/// Two policies, and what came of their cases so far.
struct Comparing {
  RuleSet const& before;
  RuleSet const& after;
  Comparer& comparer;
  bool by_log;
};

/// Of a case of the log no value is told: see compare_logged.
std::string first_mistake(json::CaseMistakes const& mistakes, bool by_log) {
  if (mistakes.mistakes.empty()) return "it is no case";
  auto const& mistake = mistakes.mistakes.front();
  return (mistake.pointer.empty() ? "" : mistake.pointer + ": ") +
         (by_log ? mistake.code : mistake.message);
}

/// Decides one case under both, or tells who refuses it. `clock`: where it has no time of its own.
void compare_case(Comparing& comparing, CaseName name, MaybeCase const& before,
                  MaybeCase const& after, Instant clock) {
  if (!before || !after) {
    auto why = first_mistake(after ? before.error() : after.error(), comparing.by_log);
    comparing.comparer.add_refused({std::move(name), !before, !after, std::move(why)});
    return;
  }
  auto const decided = [clock](RuleSet const& rules, Case const& subject) {
    return decide(rules, subject, subject.at.value_or(clock));
  };
  comparing.comparer.add(name, decided(comparing.before, before.value()),
                         decided(comparing.after, after.value()));
}

Expected<MaybeCase, Response> read_one(RuleSet const& rules, Asked const& asked, Node const& node) {
  if (asked.source.empty()) return json::read_case(rules, node);
  auto const* const source = json::find_source(rules.policy, asked.source);
  if (source == nullptr)
    return Failure<Response>{http::problem(400, "unknown-source", "The policy has no such source",
                                           "`" + asked.source + "` is no source of both policies")};
  return json::read_payload(rules, *source, node);
}

Expected<std::uint64_t, Response> compare_given(Service& service, Comparing& comparing,
                                                Asked const& asked) {
  auto const clock = service.clock();
  std::uint64_t number = 0;
  for (Node const& node : asked.cases->items) {
    auto const before = read_one(comparing.before, asked, node);
    if (!before) return Failure<Response>{before.error()};
    auto const after = read_one(comparing.after, asked, node);
    if (!after) return Failure<Response>{after.error()};
    auto const& read = before.value() ? before.value() : after.value();
    compare_case(comparing, {++number, read ? read.value().subject : std::string{}}, before.value(),
                 after.value(), clock);
  }
  return std::uint64_t{0};
}

/// The newest decisions that the filter finds; how many of them were passed over, because their
/// cases are sealed for good or were dropped. They are named by their place in the log alone: who
/// may edit policies need not see whose cases these are.
Expected<std::uint64_t, Response> compare_logged(Service& service, Comparing& comparing,
                                                 Asked const& asked) {
  std::uint64_t passed_over = 0;
  store::PageRequest request{.limit = asked.limit};
  for (std::size_t left = asked.limit; left > 0;) {
    request.limit = left;
    auto page = service.reader.list(asked.filter, request);
    if (!page) return Failure<Response>{refuse(503, page.error())};
    for (auto& record : page.value().records) {
      if (!is_readable(record) || !open_record(record)) {
        ++passed_over;
        continue;
      }
      auto const& text = record.entry.case_json;
      compare_case(comparing, {static_cast<std::uint64_t>(record.sequence), {}},
                   json::read_resolved_case(comparing.before, text),
                   json::read_resolved_case(comparing.after, text), Instant{record.entry.at_us});
    }
    left -= page.value().records.size();
    request.cursor = page.value().next;
    if (request.cursor.empty()) break;
  }
  return passed_over;
}

Response compare(Service& service, Asked const& asked, Sight sight) {
  auto const before = find_side(service, asked.old);
  if (!before) return before.error();
  auto const after = find_side(service, asked.fresh);
  if (!after) return after.error();
  PolicySide const old{before.value()->sources, *before.value()->rules};
  PolicySide const fresh{after.value()->sources, *after.value()->rules};
  Comparer comparer{old, fresh, asked.examples};
  Comparing comparing{old.rules, fresh.rules, comparer, asked.by_log};
  auto const compared = asked.by_log ? compare_logged(service, comparing, asked)
                                     : compare_given(service, comparing, asked);
  if (!compared) return compared.error();
  auto comparison = std::move(comparer).finish();
  if (asked.by_log && sight == Sight::sealed)
    hide_sealed_words(comparison, before.value()->sealed, after.value()->sealed);
  Response response;
  if (compared.value() > 0)
    response.headers.emplace_back("Heed-Passed-Over", std::to_string(compared.value()));
  json::write_comparison(response.body, comparison);
  return response;
}

}  // namespace

void add_compare_route(http::Router& router, Service& service) {
  router.add(http::Method::post, "/v1/policies/compare",
             [&service](Request& request, Reply const& reply) {
               if (!request.query.empty())
                 return reply(bad_query("what to compare stands in the body"));
               auto asked = read_asked(request.body);
               if (!asked) return reply(asked.error());
               bool const taken = service.desk.worker->run(
                   [&service, reply, asked = asked.value(), sight = sight_of(service, request)] {
                     reply(compare(service, *asked, sight));
                   },
                   reply.client());
               if (!taken)
                 reply(http::busy("too-many-checks", "Many policies are being checked", {}, 1));
             },
             {.body_bytes_max = limits::http_batch_bytes_max,
              .access = std::string{may_call::owner_or_auditor}});
}

}  // namespace heed::api
