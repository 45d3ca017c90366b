// The part of Writer that keeps policies: their sources, and which one decides.
#include <algorithm>
#include <utility>

#include "server/store/kinds.hpp"
#include "server/store/writer.hpp"

namespace heed::store {
namespace {

std::string list_of(std::vector<std::string> const& ids) {
  std::string list;
  for (auto const& id : ids) list += (list.empty() ? "`" : ", `") + id + '`';
  return list;
}

Failure<Error> written_by_them(std::vector<std::string> const& writers) {
  return {
      {"policies.four-eyes",
       "who wrote a policy may not activate it, and this one was written by " + list_of(writers),
       "ask another owner to look at it and to activate it"}};
}

Failure<Error> written_by_nobody() {
  return {{"policies.four-eyes",
           "nobody is known to have written this policy, and it was never active",
           "put it into the store with the token of who wrote it, and have another owner activate "
           "it"}};
}

Failure<Error> another_is_active(std::string const& active) {
  return {{"policies.changed",
           active.empty() ? "no policy is active"
                          : "another policy is active now, of revision `" + active + "`",
           "look at what it changes, and name its ETag in If-Match"}};
}

bool is_repeated(Activation const& activation, ActivationRecord const& last) {
  auto const is_first = [&](std::string const& from) {
    return is_activation(last.text, from, activation.revision);
  };
  bool const is_asked_again =
      last.by == activation.by && std::ranges::any_of(activation.instead_of, is_first);
  return last.revision == activation.revision &&
         (activation.instead_of.empty() || is_asked_again ||
          std::ranges::find(activation.instead_of, last.revision) != activation.instead_of.end());
}

}  // namespace

Expected<Done, Error> Writer::put_policy(StoredPolicy policy, std::string by) {
  policy.stored_at_us = clock_();
  return insert_policy(database_, policy, {std::move(by), policy.stored_at_us});
}

Expected<Activated, Error> Writer::activate(Activation const& activation) {
  auto activated = activate_within(activation);
  if (!activated || activated.value().written == Written::before) take_back();
  return activated;
}

Expected<Activated, Error> Writer::activate_within(Activation const& activation) {
  auto begun = begin();
  if (!begun) return pass_on(begun);
  Head head = begun.value();
  auto last = last_activation(database_);
  if (!last) return pass_on(last);
  if (last.value() && is_repeated(activation, *last.value()))
    return Activated{Written::before, std::move(*last.value())};
  std::string const from = last.value() ? last.value()->revision : std::string{};
  auto const known = knows_policy(activation.revision);
  if (!known) return pass_on(known);
  if (!known.value()) {
    return Failure<Error>{{"policies.unknown",
                           "no policy of revision `" + activation.revision + "` is stored",
                           "put it there first"}};
  }
  auto const stored = writers_of(database_, activation.revision);
  if (!stored) return pass_on(stored);
  std::vector<std::string> writers;
  for (PolicyWriter const& writer : stored.value()) writers.push_back(writer.by);
  if (activation.four_eyes && std::ranges::find(writers, activation.by) != writers.end())
    return written_by_them(writers);
  if (activation.four_eyes && writers.empty()) {
    auto const before = activations_of(database_, activation.revision, 1);
    if (!before) return pass_on(before);
    if (before.value().empty()) return written_by_nobody();
  }
  auto const& wanted = activation.instead_of;
  if (!wanted.empty() && std::ranges::find(wanted, from) == wanted.end())
    return another_is_active(from);
  return record_activation(activation, activation_text(activation, from, writers), head);
}

Expected<Activated, Error> Writer::record_activation(Activation const& activation, std::string text,
                                                     Head& head) {
  auto prepared = prepare(Entry{.kind = std::string{kinds::policy},
                                .id = activation.id,
                                .at_us = now_us_,
                                .revision = activation.revision,
                                .engine = HEED_VERSION,
                                .case_json = text,
                                .by = activation.by,
                                .trace = activation.trace});
  if (!prepared) return pass_on(prepared);
  auto const inserted = insert(prepared.value(), head);
  if (!inserted) return pass_on(inserted);
  if (!inserted.value()) return pass_on(inserted.value());
  head.root = tree_->root();
  if (auto const is_signed = sign_within(head); !is_signed) return pass_on(is_signed);
  if (auto committed = commit(head); !committed) return pass_on(committed);
  return Activated{Written::now,
                   {.sequence = head.sequence,
                    .id = activation.id,
                    .at_us = now_us_,
                    .by = activation.by,
                    .revision = activation.revision,
                    .text = std::move(text)}};
}

}  // namespace heed::store
