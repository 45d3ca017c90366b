#include "server/store/activations.hpp"

namespace heed::store {
namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

ActivationRecord read_activation(Query const& row) {
  return {.sequence = row.integer(0),
          .id = std::string{row.bytes(1)},
          .at_us = row.integer(2),
          .by = std::string{row.bytes(3)},
          .revision = std::string{row.bytes(4)},
          .text = std::string{row.bytes(5)}};
}

std::string tests_text(std::optional<TestCounts> const& tests) {
  if (!tests) return "null";
  return std::string{R"({"demanded":)"} + (tests->demanded ? "true" : "false") + R"(,"failed":)" +
         std::to_string(tests->failed) + R"(,"passed":)" + std::to_string(tests->passed) + '}';
}

}  // namespace

std::string activation_text(Activation const& activation, std::string_view from,
                            std::vector<std::string> const& writers) {
  std::string text = R"({"from":)" + quoted(from);
  text += R"(,"tests":)" + tests_text(activation.tests);
  text += R"(,"to":)" + quoted(activation.revision);
  text += R"(,"way":)";
  text += activation.way == ActivationWay::http ? R"("http")" : R"("folder")";
  text += R"(,"writers":[)";
  for (auto const& writer : writers) {
    if (text.back() != '[') text += ',';
    text += quoted(writer);
  }
  return text + "]}";
}

bool is_activation(std::string_view text, std::string_view from, std::string_view to) {
  return text.starts_with(R"({"from":)" + quoted(from) + ',') &&
         text.find(R"(,"to":)" + quoted(to) + ',') != text.npos;
}

Expected<std::optional<ActivationRecord>, Error> last_activation(Database& database) {
  auto found = database.query(R"(SELECT sequence, id, at, "by", revision, "case" FROM records )"
                              "INDEXED BY activations WHERE kind = 'policy' "
                              "ORDER BY sequence DESC LIMIT 1");
  if (!found) return pass_on(found);
  auto const row = found.value().next();
  if (!row) return pass_on(row);
  if (row.value() == Row::none) return std::optional<ActivationRecord>{};
  return std::optional{read_activation(found.value())};
}

Expected<std::vector<ActivationRecord>, Error> activations_of(Database& database,
                                                              std::string_view revision,
                                                              std::int64_t limit) {
  auto found = database.query(R"(SELECT sequence, id, at, "by", revision, "case" FROM records )"
                              "INDEXED BY activations WHERE kind = 'policy' "
                              "AND revision = ? ORDER BY sequence DESC LIMIT ?",
                              revision, limit);
  if (!found) return pass_on(found);
  std::vector<ActivationRecord> activations;
  while (true) {
    auto const row = found.value().next();
    if (!row) return pass_on(row);
    if (row.value() == Row::none) return activations;
    activations.push_back(read_activation(found.value()));
  }
}

}  // namespace heed::store
