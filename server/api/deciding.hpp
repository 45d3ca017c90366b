#pragma once
#include <string>
#include <string_view>

#include "server/api/service.hpp"
#include "server/json/mistake.hpp"

/// From the bytes of a case to an answer and the record of it.
namespace heed::api {

/// Reads a case, or the payload of a source of the policy where `source` is not empty. It lives
/// until this thread reads another.
/// INVARIANT: `source` is one that the policy has.
Expected<Case*, json::CaseMistakes> read_subject(ActivePolicy const& policy, std::string_view body,
                                                 std::string_view source);

enum class Explain { no, full };

/// What is to be answered, and what is to be logged before.
struct Decided {
  std::string answer;  // JSON
  store::Entry entry;
};

/// On whose behalf something is recorded.
struct Asker {
  std::string by;     // the token's id; empty where the server runs without tokens
  std::string trace;  // empty without one
};
Asker asker_of(http::Request const& request);

/// Decides at the case's own time, or now, knowing the past (see past.hpp), by which the case is
/// completed. The decision gets an id. Fails where the store cannot be read.
Expected<Decided, Error> decide_for_log(Service& service, ActivePolicy const& policy, Case& subject,
                                        Explain explain, Asker const& asker);

/// The same without an id and without a record.
Expected<std::string, Error> decide_for_preview(Service& service, ActivePolicy const& policy,
                                                Case& subject, Explain explain);

/// 422 with every mistake and its JSON Pointer; 400 where the body is no JSON at all, 413 where it
/// is too large.
http::Response refuse_case(json::CaseMistakes const& mistakes);

/// What was answered when an idempotency key came first, byte for byte but for an explanation.
/// Fails with decision.erased where it was erased since, or dropped for its age.
Expected<std::string, Error> first_answer(store::Appended const& appended);

/// What is answered once the log has told what became of a record: `answer`, or the first answer
/// where its key came before. Counts the outcome. Fails as the log did, or as first_answer does.
Expected<std::string, Error> settle(Service& service,
                                    Expected<store::Appended, Error> const& appended,
                                    std::string answer);

/// What of a request tells it from another with its key, beside the body: path and query.
std::string head_of(http::Request const& request);
/// The 32 bytes for store::Entry::request.
std::string fingerprint_of(std::string_view head, std::string_view body);

/// 503 or what else becomes of an answer that could not be logged.
http::Response refuse_unlogged(Error const& error);

/// A problem with the error's code as its type.
http::Response refuse(int status, Error const& error);

}  // namespace heed::api
