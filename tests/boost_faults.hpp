// The known faults of Boost.JSON 1.81 that show in a decode, in one list: where the engines may
// differ, and a document in which they do. A fault that is gone fails json_boost_test.cpp. Faults
// of boost::json::value alone are in json/boost.hpp.
#pragma once

#include <cstddef>
#include <string_view>

namespace boost_faults {

/// Boost cannot go past an exponent that is no int; nobody else minds.
inline bool has_huge_exponent(std::string_view document) {
    for (std::size_t i = 0; i + 1 < document.size(); ++i) {
        if ((document[i] | 32) != 'e') continue;
        std::size_t digits = 0;
        for (std::size_t j = i + 1; j < document.size(); ++j) {
            const char c = document[j];
            if (c >= '0' && c <= '9')
                ++digits;
            else if (j != i + 1)
                break;
        }
        if (digits > 9) return true;
    }
    return false;
}

struct fault {
    std::string_view what;
    /// True wherever it may show; in some other documents too.
    bool (*may_show)(std::string_view document);
    /// A document for json_types::everything that only the builtin engine accepts.
    std::string_view example;
};

inline constexpr fault all[] = {
    {"a number whose exponent is above 2147483647 is out_of_range, even in an unknown member",
     has_huge_exponent, R"({"amount":1e99999999999,"words":"x"})"},
};

inline bool may_show(std::string_view document) {
    for (const fault& each : all)
        if (each.may_show(document)) return true;
    return false;
}

} // namespace boost_faults
