#include "server/api/policy_text.hpp"

#include "engine/base/time.hpp"
#include "server/api/deciding.hpp"
#include "server/api/policy_sources.hpp"
#include "server/http/problem.hpp"
#include "server/json/write.hpp"
#include "server/store/revision.hpp"

namespace heed::api {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.back() == '{' ? "\"" : ",\"";
  out.append(name).append("\":");
  http::append_json(out, value);
}

std::string time_text(std::int64_t at_us) {
  return Zone::utc().to_text(Instant{at_us});
}

}  // namespace

std::string etag_of(std::string_view revision) {
  return '"' + std::string{revision} + '"';
}

std::string open_policy_json(store::ListedPolicy const& listed) {
  auto const& policy = listed.policy;
  std::string out = "{";
  append_member(out, "revision", policy.revision);
  append_member(out, "name", policy.name);
  append_member(out, "stored_at", time_text(policy.stored_at_us));
  out += ",\"writers\":";
  json::append_each(out, listed.writers, [&](store::PolicyWriter const& writer) {
    out += '{';
    append_member(out, "by", writer.by);
    append_member(out, "at", time_text(writer.at_us));
    out += '}';
  });
  out += listed.is_active ? ",\"active\":true" : ",\"active\":false";
  out += ",\"activations\":";
  json::append_each(out, listed.activations, [&](store::ActivationRecord const& activation) {
    out += activation_json(activation);
  });
  if (policy.sources.empty()) return out;
  out += ",\"files\":";
  json::append_each(out, policy.sources, [&](SourceText const& source) {
    out += '{';
    append_member(out, "name", source.name);
    append_member(out, "text", source.text);
    out += '}';
  });
  return out;
}

std::string activation_json(store::ActivationRecord const& activation) {
  std::string out = "{";
  append_member(out, "id", activation.id);
  out += ",\"sequence\":" + std::to_string(activation.sequence);
  append_member(out, "at", time_text(activation.at_us));
  append_member(out, "by", activation.by);
  if (activation.text.size() > 2) return out + ',' + activation.text.substr(1);
  out += R"(,"from":null,"tests":null)";
  append_member(out, "to", activation.revision);
  return out + R"(,"way":null,"writers":null})";
}

http::Response refuse_policy(NotLoaded const& why) {
  if (why.error.code == "policies.unknown") return refuse(404, why.error);
  if (why.error.code == "policy.empty") return refuse(422, why.error);
  if (why.error.code != "policy.mistakes") return refuse(503, why.error);
  return refuse_mistakes(why.error.message + "; " + why.error.help,
                         findings_members({nullptr, why.diagnostics, {}},
                                          store::revision_of(why.sources), why.sources));
}

http::Response refuse_mistakes(std::string_view detail, std::string const& findings_members) {
  return http::problem(422, "policies-mistakes", "The policy has mistakes", detail,
                       findings_members);
}

}  // namespace heed::api
