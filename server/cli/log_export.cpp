#include <set>

#include "server/api/proof_text.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/log_file.hpp"
#include "server/cli/terminal.hpp"
#include "server/http/problem.hpp"
#include "server/proof/paths.hpp"
#include "server/store/kinds.hpp"

namespace heed::cli {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.ends_with('{') ? "\"" : ",\"";
  out.append(name).append("\":");
  http::append_json(out, value);
}

/// The head and the keys, each with the proof that the log goes on after the head that handed it
/// over. Fails as reading the tree does.
Expected<std::string, Error> header_line(proof::Tiles& tiles, store::SignedHead const& head,
                                         std::vector<store::Signer> const& signers) {
  std::string line = "{\"heed_export\":1";
  append_member(line, "checkpoint", head.note);
  line += ",\"keys\":[";
  for (auto const& signer : signers) {
    if (!line.ends_with('[')) line += ',';
    line += '{';
    append_member(line, "key", signer.verifier_key);
    line += ",\"since\":" + std::to_string(signer.since);
    append_member(line, "handover", signer.handover);
    auto const path = tiles.hash(proof::consistency_path(signer.since, head.sequence));
    if (!path) return Failure<Error>{path.error()};
    line += ",\"consistency\":" + api::hashes_json(path.value()) + '}';
  }
  return line + "]}\n";
}

std::string policy_line(store::StoredPolicy const& policy) {
  std::string line = "{";
  append_member(line, "policy", policy.revision);
  line += ",\"files\":[";
  for (auto const& source : policy.sources) {
    if (!line.ends_with('[')) line += ',';
    line += '{';
    append_member(line, "name", source.name);
    append_member(line, "text", source.text);
    line += '}';
  }
  return line + "]}\n";
}

std::string record_line(store::RecordRow const& row, std::vector<proof::Digest> const& path,
                        bool open) {
  std::string line = "{";
  append_member(line, "record", store::envelope_of(row));
  if (row.digests.empty()) {
    append_member(line, "case", row.case_json);
    append_member(line, "decision", row.decision_json);
  } else {
    line += ",\"case\":null,\"decision\":null";
  }
  if (open && row.secret != nullptr && row.secret->seal == store::Seal::opened)
    append_member(line, "opened", row.secret->text);
  return line + ",\"path\":" + api::hashes_json(path) + "}\n";
}

/// Writes lines until one cannot be written or read; then `failed` or `is_gone` says so.
class Export {
 public:
  Export(LogExport const& options, store::Reader& beside, std::int64_t size)
      : options_{&options}, beside_{&beside}, tiles_{beside.tiles()}, size_{size} {}

  bool read_times() {
    return read_time(options_->from, from_us_) && read_time(options_->until, until_us_);
  }

  store::Visit visit(store::RecordRow const& row) {
    if (row.columns.sequence > size_) return store::Visit::stop;
    progress_.show(static_cast<std::uint64_t>(row.columns.sequence),
                   static_cast<std::uint64_t>(size_));
    if (!is_asked_for(row.columns)) return store::Visit::next;
    return write_policy(std::string{row.columns.revision}) && write_record(row)
               ? store::Visit::next
               : store::Visit::stop;
  }

  std::uint64_t written = 0;
  bool is_gone = false;  // who reads, or the disk is full
  std::optional<Error> failed;

 private:
  bool is_asked_for(store::RecordColumns const& record) const {
    // Without them nobody knows who signed, what decided and what was erased.
    if (record.kind != store::kinds::decision) return true;
    return (options_->subject.empty() || record.subject == options_->subject) &&
           (!from_us_ || record.at_us >= *from_us_) && (!until_us_ || record.at_us < *until_us_);
  }

  bool write(std::string const& line) {
    is_gone = !put(stdout, line);
    return !is_gone;
  }

  bool write_policy(std::string const& revision) {
    if (revision.empty() || !policies_.insert(revision).second) return true;
    auto const policy = beside_->policy(revision);
    if (!policy) failed = policy.error();
    return policy && (!policy.value() || write(policy_line(*policy.value())));
  }

  bool write_record(store::RecordRow const& row) {
    auto const path = tiles_.hash(proof::inclusion_path(row.columns.sequence - 1, size_));
    if (!path) {
      failed = path.error();
      return false;
    }
    if (!write(record_line(row, path.value(), options_->open))) return false;
    ++written;
    return true;
  }

  LogExport const* options_;
  store::Reader* beside_;  // not the one that visits
  proof::Tiles tiles_;
  std::int64_t size_;
  std::optional<std::int64_t> from_us_, until_us_;
  std::set<std::string> policies_;
  Progress progress_{"exported"};
};

}  // namespace

int run(LogExport const& options) {
  auto const reader =
      options.open ? open_private_log(options.store, options.master) : open_log(options.store);
  auto const beside = reader ? open_log(options.store) : nullptr;
  if (!beside) return cannot;
  if (options.open && reader->master() == nullptr) {
    tell({"master.missing", "there is no master key to open what is sealed with",
          "name its file with `--master`, or leave `--open` out"});
    return cannot;
  }
  auto const signers = reader->signers();
  auto const head = reader->signed_head();
  if (!signers || !head) {
    tell(signers ? head.error() : signers.error());
    return cannot;
  }
  if (head.value().note.empty()) {
    tell({"log.unsigned", "the head of the log is not signed",
          "the server signs it when it starts"});
    return cannot;
  }
  Export lines{options, *beside, head.value().sequence};
  if (!lines.read_times()) return cannot;
  auto tiles = beside->tiles();
  auto const header = header_line(tiles, head.value(), signers.value());
  if (!header) {
    tell(header.error());
    return cannot;
  }
  if (!put(stdout, header.value())) return cannot;
  auto const visited =
      reader->visit(1, [&](store::RecordRow const& row) { return lines.visit(row); });
  if (!visited || lines.failed) {
    tell(lines.failed ? *lines.failed : visited.error());
    return cannot;
  }
  if (lines.is_gone) return cannot;
  std::string const end = "{\"records\":" + std::to_string(lines.written) + "}\n";
  return put(stdout, end) ? done : cannot;
}

}  // namespace heed::cli
