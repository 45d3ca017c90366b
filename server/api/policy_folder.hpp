#pragma once
#include <string>
#include <vector>

#include "engine/base/error.hpp"
#include "engine/base/expected.hpp"
#include "engine/base/source.hpp"

/// A policy as it lies on disk.
namespace heed::api {

/// Every `*.heed` and `*.csv` file below `path`, also in folders, by name; or the one file that
/// `path` is, and the tables beside it that it names.
/// Names are relative to the folder, with `/`. Hidden files and folders are passed over.
///
/// Fails with policy.unreadable, policy.empty (no such file in it) or policy.too-large.
Expected<std::vector<SourceText>, Error> read_policy(std::string const& path);

/// What has to change for a policy to be read again: names, sizes and times of its files as one
/// text. Empty where it cannot be read.
std::string fingerprint_of(std::string const& path);

}  // namespace heed::api
