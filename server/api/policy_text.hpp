#pragma once
#include <string>
#include <string_view>

#include "server/api/active_policy.hpp"
#include "server/http/message.hpp"
#include "server/store/policy_list.hpp"

/// Stored policies and their activations as answers tell them.
namespace heed::api {

/// `"<revision>"`, with its quotes.
std::string etag_of(std::string_view revision);

/// Revision, name, writers, activations; the files too where the policy has its sources.
/// Without the closing brace.
std::string open_policy_json(store::ListedPolicy const& listed);

/// Who made a policy the active one, when, in the place of which.
std::string activation_json(store::ActivationRecord const& activation);

/// 404 for a revision that is not stored, 422 with the findings for one that has mistakes, 503
/// where the store cannot be read.
http::Response refuse_policy(NotLoaded const& why);

/// 422 with what a check finds, in the members of a check's answer.
http::Response refuse_mistakes(std::string_view detail, std::string const& findings_members);

}  // namespace heed::api
