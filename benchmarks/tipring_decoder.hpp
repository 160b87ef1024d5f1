// Decoding by tipring with any of its engines, of a const body into a kept arena.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tipring/core/config.hpp>
#include <tipring/json/decode.hpp>

#include "measurement.hpp"

namespace bench {

template <class T, class Engine>
class tipring_decoder : public decoder {
public:
    explicit tipring_decoder(const input& of)
        : decoder{of}, bytes_(2 * of.body.size() + 65536), memory_{std::span{bytes_}} {}

private:
    const void* decode() override {
        memory_.reset();
        ::new (&value_) tipring::result<T>{json::decode<T, Engine>(of().body, memory_)};
        return value_ ? &*value_ : nullptr;
    }

    std::vector<std::byte> bytes_;
    tipring::arena memory_;
    tipring::result<T> value_ = T{};
};

inline std::string tipring_version() {
    return std::to_string(TIPRING_VERSION_MAJOR) + "." + std::to_string(TIPRING_VERSION_MINOR) +
           "." + std::to_string(TIPRING_VERSION_PATCH);
}

} // namespace bench
