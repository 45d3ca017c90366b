#include "server/api/sealing.hpp"

#include <algorithm>

#include "engine/base/ensure.hpp"
#include "engine/base/limits.hpp"
#include "server/json/canonical.hpp"
#include "server/json/sealing.hpp"
#include "server/json/write.hpp"
#include "server/seal/seal.hpp"
#include "server/seal/text.hpp"

namespace heed::api {
namespace {

/// A secret while it is gathered.
class Gathering {
 public:
  json::Commit commit() {
    return [this](std::string const& pointer, std::string const& value) {
      if (salt_.empty()) salt_ = seal::make_salt();
      values_ += values_.empty() ? "" : ",";
      json::append_text(values_, pointer);
      values_ += ':';
      values_ += value;
      return seal::commit(salt_, pointer, value);
    };
  }
  /// Empty where nothing was sealed.
  std::string secret() const {
    if (salt_.empty()) return {};
    return "{\"salt\":\"" + seal::to_hex(salt_) + "\",\"values\":{" + values_ + "}}";
  }

 private:
  std::string salt_, values_;
};

json::Node read_own(std::string_view text) {
  auto document = json::read_document(text, limits::log_record_bytes_max);
  ensure(static_cast<bool>(document));
  return std::move(document).value();
}

std::string canonical_of(json::Node const& node) {
  std::string text;
  json::append_canonical(text, node);
  return text;
}

/// Replaces a text by that of the document which `change` leaves.
template <class Change>
void rewrite(std::string& text, Change const& change) {
  if (text.empty()) return;
  auto document = read_own(text);
  change(document);
  text = canonical_of(document);
}

/// Whether a case, and whether a decision, of the policy may hold anything to seal: most of the
/// cost is reading them again.
bool any_in_cases(SealedNames const& sealed) {
  return !(sealed.facts.empty() && sealed.event_fields.empty() && sealed.figures.empty());
}

bool any_in_decisions(SealedNames const& sealed) {
  return !(sealed.facts.empty() && sealed.scores.empty() && sealed.answers.empty() &&
           sealed.event_fields.empty() && sealed.arguments.empty() && sealed.scripts.empty() &&
           sealed.because.empty() && sealed.said.empty() && sealed.checks.empty() &&
           sealed.times.empty());
}

struct OpenSecret {
  std::string salt;
  json::Node values;  // by pointer
};

std::optional<OpenSecret> read_secret(std::string_view secret) {
  auto document = json::read_document(secret, limits::log_record_bytes_max);
  if (!document) return std::nullopt;
  auto const* const salt_text = json::find_member(document.value(), "salt");
  auto const* const values = json::find_member(document.value(), "values");
  auto salt = salt_text == nullptr ? std::nullopt : seal::from_hex(salt_text->text);
  if (!salt || values == nullptr) return std::nullopt;
  return OpenSecret{std::move(*salt), *values};
}

/// Puts the values whose pointers begin with `prefix` back into `text`.
bool put_back(std::string& text, std::string_view prefix, OpenSecret const& secret) {
  bool const any = std::ranges::any_of(secret.values.items, [&](json::Node const& value) {
    return std::string_view{value.name}.starts_with(prefix);
  });
  if (!any) return true;
  auto into = json::read_document(text, limits::log_record_bytes_max);
  if (!into) return false;
  for (auto const& value : secret.values.items) {
    std::string_view pointer{value.name};
    if (!pointer.starts_with(prefix)) continue;
    auto* const place = json::follow(into.value(), pointer.substr(prefix.size()));
    if (place == nullptr ||
        json::commitment_in(*place) != seal::commit(secret.salt, pointer, canonical_of(value)))
      return false;
    auto name = std::move(place->name);
    *place = value;
    place->name = std::move(name);
  }
  text = canonical_of(into.value());
  return true;
}

}  // namespace

void seal_entry(store::Entry& entry, SealedNames const& sealed) {
  Gathering gathering;
  auto const commit = gathering.commit();
  if (any_in_cases(sealed))
    rewrite(entry.case_json,
            [&](json::Node& document) { json::seal_case(document, sealed, "/case", commit); });
  if (any_in_decisions(sealed))
    rewrite(entry.decision_json, [&](json::Node& document) {
      json::seal_decision(document, sealed, "/decision", commit);
    });
  entry.secret = gathering.secret();
}

void seal_event(store::Event& event, SealedNames const& sealed) {
  auto const names = sealed.event_fields.find(event.event);
  if (names == sealed.event_fields.end()) return;
  Gathering gathering;
  auto const commit = gathering.commit();
  rewrite(event.fields, [&](json::Node& document) {
    json::seal_fields(document, names->second, "/fields", commit);
  });
  event.secret = gathering.secret();
}

bool is_readable(store::Record const& record) {
  return !record.is_dropped &&
         (record.seal == store::Seal::none || record.seal == store::Seal::opened);
}

bool open_record(store::Record& record) {
  if (record.seal != store::Seal::opened) return true;
  auto& entry = record.entry;
  auto const secret = read_secret(entry.secret);
  return secret && put_back(entry.case_json, "/case", *secret) &&
         put_back(entry.decision_json, "/decision", *secret);
}

void close_record(store::Record& record) {
  if (record.seal != store::Seal::opened) return;
  record.seal = store::Seal::locked;
  record.entry.secret.clear();
}

bool open_decision(std::string& decision_json, std::string_view secret) {
  if (secret.empty()) return true;
  auto const read = read_secret(secret);
  return read && put_back(decision_json, "/decision", *read);
}

void open_event(store::StoredEvent& stored) {
  if (stored.seal != store::Seal::opened) return;
  if (auto const secret = read_secret(stored.event.secret))
    put_back(stored.event.fields, "/fields", *secret);
}

std::optional<std::string> readable_case(std::string_view case_json, store::Secret const* secret,
                                         bool is_dropped) {
  if (is_dropped) return std::nullopt;
  std::string text{case_json};
  if (secret == nullptr || secret->seal == store::Seal::none) return text;
  if (secret->seal != store::Seal::opened) return std::nullopt;
  auto const read = read_secret(secret->text);
  if (!read || !put_back(text, "/case", *read)) return std::nullopt;
  return text;
}

}  // namespace heed::api
