#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>

/// What is left of the files of failing_disk() when the power goes.
namespace heed::store::testing {

/// Whether a disk that says "it is durable" has made it so.
enum class Syncing { honest, lying };

/// Forgets what was, and keeps account from now on. Of files that exist all is durable.
void watch_power(Syncing syncing);
void stop_watching_power();

/// What a disk had done of the writes that nobody waited for.
enum class Survivors { none, first_ones, some_sectors };

/// Writes the files into `folder` as they would be found if the power went now: all that was made
/// durable, and of later writes what `survivors` says, chosen by `seed`; of the last of them a
/// part of its sectors (512 bytes), as disks do.
void cut_power(std::string const& folder, Survivors survivors, std::uint32_t seed);

/// From now on `before` is called before each write, cut and sync, which wait for it; it may call
/// cut_power. An empty one ends that.
void before_each_change(std::function<void()> before);

// Told by failing_disk(), `changing` before the others.
void power_sees_changing();
void power_sees_open(char const* path);
void power_sees_write(char const* path, std::span<char const> bytes, std::int64_t to);
void power_sees_truncate(char const* path, std::int64_t size);
void power_sees_sync(char const* path);
void power_sees_delete(char const* path);

}  // namespace heed::store::testing
