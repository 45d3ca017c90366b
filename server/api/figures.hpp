#pragma once
#include <prometheus/metric_family.h>

#include <vector>

#include "server/api/metrics.hpp"

namespace heed::api {

/// The figures of `now`, and of this process, as Prometheus has them. For metrics.cpp alone.
std::vector<prometheus::MetricFamily> collect(Gauges const& now, double decisions_not_written);

}  // namespace heed::api
