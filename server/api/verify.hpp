#pragma once
#include <memory>
#include <optional>
#include <string>

#include "engine/advisor.hpp"
#include "server/api/loaded_policies.hpp"
#include "server/store/verify.hpp"

namespace heed::api {

/// `"engine":{…}` as the canonical bytes of a decision have it: quotes within texts are escaped
/// there, so no text can pass for it.
std::string engine_member(EngineVersion const& engine);

/// The versions that a logged decision names; empty where it has none.
EngineVersion version_in(std::string const& decision);

bool is_same(EngineVersion const& left, EngineVersion const& right);

/// Computes logged decisions again, each under the policy that decided it. One thread at a time.
class Redecider {
 public:
  /// Several may share `policies`.
  Redecider(EngineVersion engine, std::shared_ptr<LoadedPolicies> policies);

  /// What the decision of a record should be, where it is not that; nothing where it is. Records
  /// that hold no decision are not looked at. A decision by another version of the engine or other
  /// time zone data is not compared, and counted.
  std::optional<store::Objection> check(store::Record const& record,
                                        store::StoredPolicy const* policy);

  std::int64_t decided_again() const { return decided_again_; }
  std::int64_t by_another_engine() const { return by_another_engine_; }

 private:
  std::optional<store::Objection> check_opened(store::Record const& record,
                                               store::StoredPolicy const* policy);
  bool is_ours(std::string const& decision) const;

  EngineVersion engine_;
  std::string engine_json_;  // as the canonical bytes of a decision of ours name it
  std::shared_ptr<LoadedPolicies> policies_;
  std::int64_t decided_again_ = 0, by_another_engine_ = 0;
};

}  // namespace heed::api
