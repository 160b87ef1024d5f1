// The version of Boost that was compiled in.
#pragma once

#include <string>

#include <boost/version.hpp>

namespace bench {

inline std::string boost_version() {
    return std::to_string(BOOST_VERSION / 100000) + "." +
           std::to_string(BOOST_VERSION / 100 % 1000) + "." + std::to_string(BOOST_VERSION % 100);
}

} // namespace bench
