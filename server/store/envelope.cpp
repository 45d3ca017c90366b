#include "server/store/envelope.hpp"

#include <algorithm>

#include "engine/base/hex.hpp"
#include "server/proof/tree.hpp"

namespace heed::store {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += ",\"";
  out += name;
  out += "\":";
  append_json_string(out, text);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view escaped = "\b\t\n\f\r\"\\";
  constexpr std::string_view letters = "btnfr\"\\";
  auto const is_plain = [](char letter) {
    return static_cast<unsigned char>(letter) >= 0x20 && letter != '"' && letter != '\\';
  };
  out += '"';
  while (true) {
    auto const end = std::ranges::find_if_not(text, is_plain);
    out.append(text.begin(), end);
    if (end == text.end()) break;
    auto const place = escaped.find(*end);
    if (place == std::string_view::npos) {
      append_hex(out += "\\u00", static_cast<unsigned char>(*end));
    } else {
      out += '\\';
      out += letters[place];
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()) + 1);
  }
  out += '"';
}

std::string compose_envelope(RecordColumns const& record) {
  std::string out;
  out.reserve(1024 + record.marks.size());
  bool const is_sealable = record.format >= envelope_format;
  out += "{\"at\":\"" + std::to_string(record.at_us) + '"';
  if (is_sealable) append_member(out, "by", record.by);
  append_member(out, "case", to_hex(record.case_digest));
  append_member(out, "decision", to_hex(record.decision_digest));
  append_member(out, "engine", record.engine);
  out += ",\"format\":" + std::to_string(record.format);
  append_member(out, "id", record.id);
  append_member(out, "key", record.key);
  append_member(out, "kind", record.kind);
  append_member(out, "marks", record.marks);
  if (record.format == chained_format) append_member(out, "previous", to_hex(record.previous));
  append_member(out, "recorded_at", std::to_string(record.recorded_at_us));
  append_member(out, "request", to_hex(record.request));
  append_member(out, "revision", record.revision);
  if (is_sealable) {
    append_member(out, "sealed", record.sealed_digest ? to_hex(*record.sealed_digest) : "");
  }
  out += ",\"sequence\":" + std::to_string(record.sequence);
  append_member(out, "subject", record.subject);
  if (is_sealable) append_member(out, "trace", record.trace);
  out += '}';
  return out;
}

Digest leaf_of(RecordColumns const& record) {
  return proof::hash_leaf(compose_envelope(record));
}

Digest hash_record(RecordColumns const& record) {
  return record.format == chained_format ? sha256(compose_envelope(record)) : leaf_of(record);
}

Digest genesis_hash(std::string_view store_id) {
  std::string text = R"({"format":1,"genesis":"heed decision log")";
  append_member(text, "store", store_id);
  return sha256(text + '}');
}

}  // namespace heed::store
